"""What goes wrong around a complaint: people who leave, rise or saw it, late wishes, lost keys, guessed addresses."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from townline.accounts.models import Position
from townline.complaints.filing import Filing, file
from townline.complaints.models import Complaint, OutsideOffice, Procedure, Stage
from townline.complaints.own import proves
from townline.complaints.schedule import relieve_who_may_not
from townline.complaints.testing import TYPED, a_complaint, person
from townline.complaints.tests.test_pages import address, browser_of
from townline.complaints.tests.test_write_down import TOLD
from townline.core.access import visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.timeline.models import Event
from townline.vault import cipher, door, keys

ZONE = ZoneInfo("America/Toronto")


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()
    yield
    cache.clear()


def filed(town, **typed):
    return file(Filing(about="staff", **{**TYPED, **typed}), by=town.system, channel="web")


def finds(user):
    return visible(user, Complaint.objects.all()).exists()


def test_about_the_cao_it_goes_to_the_office_that_the_pack_names(complaint, line, town, client):
    OutsideOffice.objects.create(
        code="ombudsman", name={"en": "Ontario Ombudsman", "fr": "Ombudsman de l’Ontario"}, from_on="2022-11-28"
    )
    complaint.send_on(by=line["intake"], subjects=[line["cao"]])
    page = browser_of(line["overseer"]).get(address(complaint)).content.decode()

    assert complaint.stage == Stage.OUTSIDE
    assert complaint.active is None
    assert "Ontario Ombudsman" in page
    assert not any(finds(line[who]) for who in ("cao", "deputy", "director", "manager", "supervisor"))


def test_about_the_cao_it_leads_outside_where_no_ladder_is_adopted_too(complaint, line):
    Procedure.objects.update(is_ladder_adopted=False)
    complaint.send_on(by=line["intake"], subjects=[line["cao"]])

    assert complaint.stage == Stage.OUTSIDE


def test_about_everybody_in_a_department_it_goes_above_its_head(complaint, line, town):
    everybody = [town.ada, *(line[who] for who in ("supervisor", "manager", "director"))]
    complaint.send_on(by=line["intake"], subjects=everybody)

    assert complaint.active.user == line["deputy"]
    assert not any(finds(one) for one in everybody)


def test_about_somebody_who_has_left_it_goes_above_the_chair_they_had(complaint, line, town):
    line["supervisor"].is_active = False
    line["supervisor"].save()
    page = browser_of(line["intake"]).get(address(complaint, "send_on")).content.decode()

    complaint.send_on(by=line["intake"], subjects=[line["supervisor"]])

    assert "Sue Roads (has left)" in page
    assert complaint.active.user == line["manager"]


def test_their_successor_in_that_chair_does_not_investigate_it(complaint, line, town):
    line["supervisor"].is_active = False
    line["supervisor"].save()
    person("next", "Nell Next", line["supervisor"].position, [town.roads])

    complaint.send_on(by=line["intake"], subjects=[line["supervisor"]])

    assert complaint.active.user == line["manager"]


def test_about_somebody_without_a_chair_it_goes_to_the_supervisor_of_their_department(complaint, line, town):
    complaint.send_on(by=line["intake"], subjects=[town.ben])

    assert complaint.active.user == line["supervisor"]


def test_about_somebody_without_chair_or_department_it_goes_over_where_it_is_filed(complaint, line, town):
    stray = person("stray", "Stan Stray", None, [])

    complaint.send_on(by=line["intake"], subjects=[stray])

    assert complaint.active.position == Position.objects.get(code="clerk")


def test_whoever_is_complained_about_and_rises_above_the_investigator_ends_their_turn(investigated, town, line, work):
    manager = line["manager"]
    chair, manager.position = manager.position, None
    manager.save()
    role = town.ada.roles.get()

    town.ada.appoint(by=town.ines, roles=[role], departments=[town.roads], position=chair)
    with pytest.raises(NotAllowed):
        door.reveal(investigated.safe, by=line["supervisor"], purpose="investigate")
    work()
    work()

    investigated.refresh_from_db()
    assert investigated.active.user == line["director"]
    assert not finds(town.ada)
    assert not finds(line["supervisor"])
    assert Event.objects.get(name="complaint.relieved").case_id == investigated.case_id


def test_an_investigator_who_leaves_is_followed_by_the_next(investigated, town, line, work):
    line["supervisor"].deactivate(by=town.ines)
    work()
    work()

    investigated.refresh_from_db()
    assert investigated.active.user == line["manager"]


def test_whoever_shares_the_chair_is_asked_first(investigated, town, line):
    person("second", "Sid Second", line["supervisor"].position, [town.roads])
    investigated.name_witness(by=line["overseer"], user=line["supervisor"])

    assert investigated.active.user.name == "Sid Second"
    assert investigated.level == 1


def test_an_investigator_named_as_a_witness_loses_it_at_once(investigated, line):
    investigated.name_witness(by=line["supervisor"], user=line["supervisor"])

    assert investigated.active.user == line["manager"]
    assert not finds(line["supervisor"])
    with pytest.raises(NotAllowed):
        door.reveal(investigated.safe, by=line["supervisor"], purpose="investigate")


def test_a_witness_above_is_passed_over_on_the_way_up(decided, town, line):
    decided.name_witness(by=line["supervisor"], user=line["manager"])
    decided.escalate(by=town.system, why="complainant")

    assert decided.active.user == line["director"]


def test_a_witness_who_oversees_finds_it_no_more_and_opens_it_in_no_emergency(investigated, line):
    investigated.name_witness(by=line["supervisor"], user=line["overseer"])

    assert not finds(line["overseer"])
    with pytest.raises(NotAllowed):
        investigated.open_in_emergency(by=line["overseer"], reason="safety", words="Now.")


def test_nobody_is_named_twice(investigated, town, line):
    investigated.name_witness(by=line["supervisor"], user=town.ben)

    with pytest.raises(NotPossible, match="already"):
        investigated.name_witness(by=line["supervisor"], user=town.ben)
    with pytest.raises(NotPossible, match="already"):
        investigated.name_witness(by=line["supervisor"], user=town.ada)


def test_who_names_a_witness_on_the_page_and_is_led_away_when_it_is_themselves(investigated, line, town):
    sue = browser_of(line["supervisor"])

    answer = sue.post(address(investigated, "name_witness"), {"user": line["supervisor"].pk})

    assert answer["Location"] == "/desk/complaints/"
    assert browser_of(line["manager"]).get(address(investigated)).status_code == 200


def test_a_decided_complaint_keeps_its_decision_in_other_hands(decided, line, work):
    until = decided.window_until
    decided.name_witness(by=line["supervisor"], user=line["supervisor"])

    assert (decided.stage, decided.finding, decided.window_until) == (Stage.DECIDED, "partly", until)
    assert decided.active.user == line["manager"]


def test_at_intake_the_other_intake_takes_over(complaint, line):
    complaint.name_witness(by=line["overseer"], user=line["intake"])

    assert complaint.active.user == line["other_intake"]


def test_when_everybody_inside_saw_it_the_way_leads_outside(investigated, line):
    for who in ("cao", "deputy", "director", "manager", "supervisor"):
        investigated.name_witness(by=line["overseer"], user=line[who])

    assert investigated.stage == Stage.OUTSIDE


def test_whoever_may_have_it_keeps_it(investigated, town, line):
    relieve_who_may_not.call()

    assert investigated.active.user == line["supervisor"]
    with pytest.raises(NotPossible, match="may keep it"):
        investigated.relieve(by=town.system)


def test_two_complaints_about_the_same_person_by_the_same_customer_are_two_matters(town, procedure, line):
    first, second = a_complaint(town), a_complaint(town)
    first.send_on(by=line["intake"], subjects=[town.ada])
    second.send_on(by=line["intake"], subjects=[town.ada])
    first.find(by=line["supervisor"], finding="not", reasons="zzfirst")

    assert first.safe != second.safe
    assert first.pseudonym != second.pseudonym
    assert all(proves(one, TYPED["email"]) for one in (first, second))
    page = browser_of(line["supervisor"]).get(address(second)).content.decode()
    assert first.case.reference not in page
    assert first.pseudonym not in page


def test_to_the_last_minute_of_the_window_no_reason_is_asked(town, decided, time_machine):
    last = datetime.combine(decided.window_until, datetime.max.time(), ZONE).replace(microsecond=0)
    time_machine.move_to(last, tick=False)
    assert not decided.is_window_over

    decided.escalate(by=town.system, why="complainant")

    assert decided.level == 2


def test_a_minute_later_a_reason_is(town, decided, time_machine):
    midnight = datetime.combine(decided.window_until + timedelta(days=1), datetime.min.time(), ZONE)
    time_machine.move_to(midnight, tick=False)

    with pytest.raises(NotPossible, match="Say why"):
        decided.escalate(by=town.system, why="complainant")


@pytest.mark.parametrize(
    ("day", "month", "year"), [("31", "2", "2026"), ("0", "1", "2026"), ("1", "13", "2026"), ("x", "1", "2026"),
                               ("1", "1", "20266"), ("1", "1", "2199")]
)  # fmt: skip
def test_a_day_that_cannot_be_is_said_and_nothing_is_lost(as_member, procedure, client, day, month, year):
    said = {"when_on_day": day, "when_on_month": month, "when_on_year": year}
    page = as_member("rita").post("/desk/complaints/new/", {**TOLD, **said})
    base = client.post("/complaint/start/")["Location"].rsplit("/", 2)[0]
    own = client.post(f"{base}/what/", {"what": "zzmine", "who": "zzwho", "when_time": "noon", **said})

    assert page.context["form"].errors.keys() == {"when_on"}
    assert "zzcanarywhat" in page.content.decode()
    assert own.context["form"].errors.keys() == {"when_on"}
    assert "zzmine" in own.content.decode()
    assert not Complaint.objects.exists()


def test_a_future_reception_is_refused(town, procedure):
    with pytest.raises(NotPossible, match="future"):
        file(
            Filing(about="staff", **TYPED), by=town.rita, channel="letter",
            received_at=timezone.now() + timedelta(minutes=5),
        )  # fmt: skip


@pytest.fixture
def key_file(settings, tmp_path):
    settings.VAULT_KEY, settings.VAULT_KEY_FILE = "", tmp_path / "vault-key"
    first = keys.new_key()
    keys.keep([first], settings.VAULT_KEY_FILE)
    return settings.VAULT_KEY_FILE, first


def test_without_its_key_nothing_opens_and_the_page_says_so(town, key_file, procedure, line):
    path, _first = key_file
    complaint = a_complaint(town)
    keys.keep([keys.new_key()], path)

    page = browser_of(line["intake"]).post(address(complaint, "reveal"), {"purpose": "intake"})

    assert page.status_code == 409
    assert "key is not here" in page.content.decode().replace("’", "'")
    assert not Event.objects.filter(name="safe.revealed").exists()


def test_with_a_wrong_key_of_the_same_name_nothing_opens_and_the_page_says_so(town, key_file, procedure, line):
    path, first = key_file
    complaint = a_complaint(town)
    keys.keep([keys.Key(first.name, keys.new_key().secret)], path)

    page = browser_of(line["intake"]).post(address(complaint, "reveal"), {"purpose": "intake"})

    assert page.status_code == 409
    assert "not what was sealed" in page.content.decode()
    assert not Event.objects.filter(name="safe.revealed").exists()
    with pytest.raises(cipher.NotIntact):
        door.reveal(complaint.safe, by=line["intake"], purpose="intake")


@pytest.mark.parametrize(
    ("verb", "typed"),
    [("note", {"words": "zzmytext"}), ("ask", {"words": "zzmytext"}), ("decide", {"letter": "zzmytext"}),
     ("find", {"finding": "not", "reasons": "zzmytext"})],
)  # fmt: skip
def test_an_assignment_that_ends_while_the_page_is_open_refuses_and_keeps_the_text(investigated, line, verb, typed):
    sue = browser_of(line["supervisor"])
    assert sue.get(address(investigated, verb)).status_code == 200
    investigated.escalate(by=line["overseer"], why="municipality")

    answer = sue.post(address(investigated, verb), typed)

    assert answer.status_code == 404
    assert "zzmytext" in answer.content.decode()
    assert investigated.pseudonym not in answer.content.decode()
    assert not investigated.exchanges.exists()


def stripped(response):
    """A page without what is new each time, and without its own address."""
    text = re.sub(
        r'nonce="[^"]*"|value="[^"]{64}"|[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]', "", response.content.decode()
    )
    return response.status_code, re.sub(r"/desk/[^\"<]*|/complaint/[^\"<]*", "", text)


GUESSES = ["/desk/complaints/{}/", "/desk/complaints/{}/note/", "/desk/complaints/{}/open_in_emergency/",
           "/desk/cases/{}/", "/desk/cases/{}/close/", "/desk/cases/{}/files/" + "x" * 43 + "/",
           "/complaint/mine/{}/", "/track/case/{}/", "/desk/places/{}/", "/api/v1/cases/{}"]  # fmt: skip


@pytest.mark.parametrize("guess", GUESSES)
@pytest.mark.parametrize("who", ["ada", "otto", "rita", "dana", "ines"])
def test_a_guessed_address_gives_the_same_answer_whether_there_is_a_complaint_or_not(
    as_member, investigated, guess, who
):
    browser = as_member(who)
    there = browser.get(guess.format(investigated.case.reference))
    nowhere = browser.get(guess.format("TV-0000-0000-0"))

    assert stripped(there) == stripped(nowhere)
    assert there.status_code in (401, 404)


def test_the_interface_and_its_files_say_nothing_either(call, town, investigated):
    there = call("rita", f"cases/{investigated.case.reference}", method="get")
    nowhere = call("rita", "cases/TV-0000-0000-0", method="get")

    assert there.status_code == nowhere.status_code == 404
    assert there.json() == nowhere.json()


def test_tracking_says_the_same_to_a_wrong_proof_and_a_wrong_reference(client, investigated):
    there = client.post("/track/", {"reference": investigated.case.reference, "proof": "somebody@example.org"})
    nowhere = client.post("/track/", {"reference": "TV-0000-0000-0", "proof": "somebody@example.org"})

    assert stripped(there) == stripped(nowhere)
