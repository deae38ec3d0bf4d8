"""The desk's pages of formal complaints: closed until opened for a purpose, and found only by who may know."""

import pytest

from townline.complaints.models import Complaint, Stage
from townline.conftest import StaffClient
from townline.timeline.models import Event

VERBS = ["send_on", "acknowledge", "ask", "note", "hear", "record_answer", "find", "decide", "extend", "escalate",
         "name_witness", "follow_up", "disclose", "open_in_emergency", "review_emergency", "record_request",
         "close", "release", "withdraw_consent"]  # fmt: skip


def browser_of(user):
    browser = StaffClient()
    browser.force_login(user)
    return browser


def address(complaint, verb=""):
    return f"/desk/complaints/{complaint.case.reference}/" + (f"{verb}/" if verb else "")


def test_the_page_shows_level_and_clocks_and_nothing_that_is_sealed(investigated, line):
    page = browser_of(line["supervisor"]).get(address(investigated)).content.decode()

    assert investigated.pseudonym in page
    assert "anary" not in page
    assert not Event.objects.filter(name="safe.revealed").exists()


def test_the_investigator_opens_it_for_a_purpose_and_that_is_written_down(investigated, line):
    page = (
        browser_of(line["supervisor"])
        .post(address(investigated, "reveal"), {"purpose": "investigate"})
        .content.decode()
    )

    assert "Quenby Zzyzxcanary" in page
    assert "zzcanarywhat" in page
    assert Event.objects.filter(name="safe.revealed").exists()


@pytest.mark.parametrize("purpose", ["", "curiosity", "emergency", "own", "deliver"])
def test_for_any_other_purpose_it_stays_closed(investigated, line, purpose):
    answer = browser_of(line["supervisor"]).post(address(investigated, "reveal"), {"purpose": purpose})

    assert answer.status_code == 403
    assert "anary" not in answer.content.decode()


def test_no_title_of_a_page_says_more_than_the_reference(investigated, line):
    page = (
        browser_of(line["supervisor"])
        .post(address(investigated, "reveal"), {"purpose": "investigate"})
        .content.decode()
    )

    assert f"<title>{investigated.case.reference}" in page


@pytest.mark.parametrize("who", ["officer", "manager", "director", "cao", "intake"])
def test_who_may_not_know_finds_nothing_at_any_address(investigated, line, who):
    browser = browser_of(line[who])
    found = [
        browser.get(address(investigated)).status_code,
        browser.get(f"/desk/cases/{investigated.case.reference}/").status_code,
    ]
    shown = [page.content.decode() for page in (browser.get("/desk/complaints/"), browser.get("/desk/"))]

    assert found == [404, 404]
    assert investigated.case.reference not in "".join(shown)


def test_who_oversees_sees_the_row_and_cannot_open_it(investigated, line):
    browser = browser_of(line["overseer"])

    assert investigated.pseudonym in browser.get("/desk/complaints/").content.decode()
    assert browser.post(address(investigated, "reveal"), {"purpose": "investigate"}).status_code == 403
    assert browser.get(f"/desk/cases/{investigated.case.reference}/").status_code == 404


def test_the_intake_sends_it_on_and_is_led_away(complaint, town, line):
    answer = browser_of(line["intake"]).post(address(complaint, "send_on"), {"subjects": [town.ada.pk]})

    assert answer["Location"] == "/desk/complaints/"
    assert Complaint.objects.get().active.user == line["supervisor"]


def test_it_is_led_to_its_decision_on_the_pages(investigated, line):
    sue = browser_of(line["supervisor"])
    subject = investigated.subjects.get().pk

    sue.post(address(investigated, "acknowledge"), {"words": "I look into it."})
    sue.post(address(investigated, "hear"), {"subject": subject, "words": "What happened?"})
    sue.post(address(investigated, "record_answer"), {"subject": subject, "words": "The line was cut."})
    sue.post(address(investigated, "find"), {"finding": "partly", "reasons": "So."})
    sue.post(address(investigated, "decide"), {"letter": "We are sorry.", "remedies": ["apology"]})

    assert Complaint.objects.get().stage == Stage.DECIDED


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_page_for_who_may_and_none_for_who_may_not(investigated, town, line, verb):
    if verb == "review_emergency":
        investigated.open_in_emergency(by=line["overseer"], reason="safety", words="Now.")
    allowed = {key for key in line if browser_of(line[key]).get(address(investigated, verb)).status_code == 200}
    sue, over, foi = {"supervisor"}, {"overseer"}, {"foi"}

    expected = {
        "send_on": set(), "open_in_emergency": over, "review_emergency": over | foi, "record_request": foi,
        "escalate": sue | over, "name_witness": sue | over, "disclose": sue | foi, "release": sue | foi,
        "withdraw_consent": sue | foi,
    }.get(verb, sue)  # fmt: skip
    assert allowed == expected


@pytest.mark.parametrize("verb", ["note", "message", "contact", "close", "wait", "assign", "take", "reopen"])
def test_the_ordinary_verbs_which_keep_plain_words_are_not_for_it(investigated, line, verb):
    sue = line["supervisor"]
    role = sue.roles.get()
    role.grants = ["case.read", "case.work", "case.supervise", "intake.take"]
    role.save()

    answer = browser_of(sue).get(f"/desk/cases/{investigated.case.reference}/{verb}/")

    assert answer.status_code in (403, 405)


def test_a_page_asks_a_bounded_number_of_questions(investigated, line, django_assert_max_num_queries):
    sue = browser_of(line["supervisor"])
    for _ in range(8):
        investigated.note(by=line["supervisor"], words="Note.")

    with django_assert_max_num_queries(40):
        sue.get(address(investigated))
