"""A plain case becomes a formal complaint: everything it said goes into the safe, and it stands nowhere else."""

import json
import logging
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.urls import reverse
from django.utils import timezone

import townline
from townline.callbacks.tests.doings import NUMBER, owed
from townline.cases.intake import Contact, Matter, Place, take_in
from townline.cases.models import Case, CaseWords, Draft, Enclosure, Unsent
from townline.cases.saying import cases_saying, gather, gather_anew
from townline.cases.tracking import follower_token
from townline.catalogue.models import Kind
from townline.channels.models import Interaction, Mail
from townline.complaints import known
from townline.complaints.filing import Filing, file
from townline.complaints.models import Complaint
from townline.complaints.own import proves
from townline.complaints.sources import sources_of
from townline.complaints.testing import TYPED
from townline.complaints.tests.test_write_down import TOLD
from townline.conduct.models import Behaviour
from townline.core.access import visible
from townline.core.refusals import NotPossible
from townline.council.tests.doings import inquiry
from townline.customers.models import ContactPoint, Customer
from townline.documents import store
from townline.documents.models import Attachment
from townline.documents.tests import samples
from townline.timeline.models import Event
from townline.vault import door

CANARY = "zzplaincanary"
SAID = f"{CANARY} they were rude at the counter"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.FILES, settings.VAR = tmp_path / "files", tmp_path / "var"
    return tmp_path


@pytest.fixture
def plain(town, procedure, work):
    """A verbal complaint with everything that can lie on a case, and every word of it a canary."""
    service = town.service("verbal", "Complaint", Kind.COMPLAINT, town.front, door="voice")
    contact = Contact(name=f"Quenby {CANARY}", email=f"{CANARY}@example.org", phone="905-555-0188")
    matter = Matter(service, answers={"what": SAID}, place=Place(label=f"12 {CANARY} Street"))
    case = take_in(matter, by=town.rita, channel="phone", contact=contact)
    case.take(by=town.rita)
    case.note(by=town.rita, text=f"{CANARY} note", attachments=[photo(town.rita)])
    case.message(by=town.rita, text=f"{CANARY} message")
    case.contact(by=town.rita, channel="phone", text=f"{CANARY} called again", customer=case.customer)
    case.follow(by=town.rita, customer=Customer.objects.create(name=f"Jo {CANARY}"))
    case.link(by=town.rita, other=town.case("Another"))
    case.hidings.create(by=town.rita, is_hidden=True, reason="person", words=f"{CANARY} hidden")
    Unsent.keep(case, by=town.rita, verb="note", typed={"text": f"{CANARY} unsent"}, seen=0)
    Draft.objects.create(case=case, answers={"what": SAID}, contact={"name": CANARY}, session_key="its browser")
    now = timezone.now()
    Behaviour.note(case.customer, by=town.ada, grade="disrespectful", what="x", happened_at=now, case=case)
    work()
    work()
    Case.objects.filter(pk=case.pk).update(assignee=town.rita)
    return Case.objects.get(pk=case.pk)


def photo(by):
    return Attachment.bring(samples.upload(samples.picture(), f"{CANARY}.jpg"), by=by, description=f"{CANARY} photo")


def everything():
    """Every row of every table, but of the customers, who stay who they are, as text."""
    left_out = {"customer", "contactpoint", "behaviour"}
    rows = [
        row
        for model in apps.get_models()
        if model._meta.model_name not in left_out
        for row in model._base_manager.all()
    ]
    return serializers.serialize("json", rows)


def formal(town, case, **typed):
    return file(Filing(about="service", about_service="pothole", **{**TYPED, **typed}), by=town.rita, channel="phone",
                is_read_back=True, came_from=case)  # fmt: skip


def test_no_word_of_it_stands_outside_the_safe(town, plain, work, folders):
    assert CANARY in everything()

    complaint = formal(town, plain)
    work()

    assert CANARY not in everything()
    assert list((folders / "files").iterdir()) == []
    assert not Enclosure.objects.filter(case=plain).exists()
    assert complaint.came_from == plain


def test_nothing_is_lost_and_the_investigator_reads_all_of_it(town, plain, line, work):
    bytes_before = store.path(plain.enclosures.get().attachment.file).read_bytes()

    complaint = formal(town, plain)

    opened = door.reveal(complaint.safe, by=line["supervisor"], purpose="investigate")
    kept = [json.loads(one.text) for one in opened if one.field == "source"]
    (picture,) = door.reveal_files(complaint.safe, by=line["supervisor"], purpose="investigate")
    assert {one["kind"] for one in kept} == {
        "case", "note", "message_out", "contact", "unsent", "typed", "mail", "follower", "link", "hiding",
    }  # fmt: skip
    assert f"{CANARY} called again" in str(kept)
    assert plain.reference in str(kept)
    assert picture.content == bytes_before
    assert list(complaint.evidence.values_list("name", "kind", "is_from_complainant")) == [
        (picture.name, "jpeg", False)
    ]
    assert picture.title == f"{CANARY}.jpg – {CANARY} photo"


def test_its_page_shows_what_it_came_from_once_it_is_opened(town, plain, line):
    from townline.complaints.tests.test_pages import address, browser_of

    complaint = formal(town, plain)
    sue = browser_of(line["supervisor"])

    closed = sue.get(address(complaint)).content.decode()
    opened = sue.post(address(complaint, "reveal"), {"purpose": "investigate"}).content.decode()

    assert CANARY not in closed
    assert "Before it was a formal complaint" in opened
    assert f"{CANARY} called again" in opened


def test_what_says_nothing_stays_for_the_proof_and_the_statistics(town, plain):
    before = Event.objects.filter(case_id=plain.pk).count()
    sent = list(Mail.objects.filter(case_id=plain.pk).values_list("pk", "state", "sent_at", "message_id"))

    formal(town, plain)

    plain.refresh_from_db()
    assert (plain.status, plain.outcome, plain.customer, plain.is_confidential) == ("closed", "answered", None, True)
    assert Event.objects.filter(case_id=plain.pk).count() > before
    assert list(Mail.objects.filter(case_id=plain.pk).values_list("pk", "state", "sent_at", "message_id")) == sent
    assert Interaction.objects.filter(cases=plain, is_confidential=True, customer=None).count() == 3


@pytest.mark.parametrize("who", ["ada", "ben", "lea", "otto", "rita", "dana", "ines"])
def test_nobody_finds_the_case_any_more(as_member, town, plain, who):
    formal(town, plain)
    browser = as_member(who)

    assert not visible(getattr(town, who), Case.objects.filter(pk=plain.pk)).exists()
    assert browser.get(plain.get_absolute_url()).status_code == 404
    assert browser.get(f"/desk/complaints/new/?from={plain.reference}").status_code == 404


def test_the_old_reference_leads_the_complainant_to_it(client, town, plain):
    complaint = formal(town, plain)

    answer = client.post("/track/", {"reference": plain.reference, "proof": f"{CANARY}@example.org"})

    assert answer["Location"] == f"/complaint/mine/{complaint.case.reference}/"
    assert proves(complaint, TYPED["email"])


def test_whoever_followed_it_is_told_to_ask_us_and_never_why_and_finds_nothing(client, town, plain, work, mailoutbox):
    jo = Customer.objects.create(name="Jo Follower")
    point = jo.contact_points.create(kind="email", value="jo@example.org")
    link = reverse("portal:follow_link", args=[follower_token(plain.follow(
        by=town.rita, customer=jo, contact_point=point, language="fr", text="They were rude to me too",
    ))])  # fmt: skip
    before = Mail.objects.filter(purpose="follower").count()

    complaint = formal(town, plain)
    leave = Mail.objects.filter(purpose="follower").order_by("pk").last()
    said = f"{leave.subject} {leave.body}"
    work()
    work()

    assert Mail.objects.filter(purpose="follower").count() == before + 1
    assert plain.reference in said
    assert "ne pouvez plus suivre" in said
    assert "plainte" not in said.lower()
    assert "This link is not complete" in client.get(link, follow=True).content.decode()
    assert not proves(complaint, "jo@example.org")
    assert proves(complaint, f"{CANARY}@example.org")


def test_an_account_that_followed_it_does_not_find_it_among_its_own(town, plain):
    from townline.accounts.models import User
    from townline.complaints.own import owned_by

    account = User.objects.create_user("jo@example.org", kind=User.Kind.CUSTOMER)
    jo = Customer.objects.create(name="Jo Follower", account=account)
    follower = plain.follow(by=town.rita, customer=jo)
    Draft.objects.create(follows=plain, interaction=follower.interaction, user=account, session_key="jo")

    formal(town, plain)

    assert owned_by(account) == set()


def test_the_account_of_the_customer_finds_it_among_their_requests(town, plain):
    from townline.accounts.models import User
    from townline.complaints.own import owned_by

    account = User.objects.create_user("own@example.org", kind=User.Kind.CUSTOMER)
    Customer.objects.filter(pk=plain.customer_id).update(account=account)

    complaint = formal(town, plain)

    assert owned_by(account) == {complaint.pk}


def test_where_a_case_is_filed_anew_the_way_to_a_formal_complaint_is_shown(as_member, town, plain):
    page = as_member("rita").get(f"{plain.get_absolute_url()}refile/").content.decode()

    assert f"/desk/complaints/new/?from={plain.reference}" in page


def test_no_word_of_it_is_searched_any_more_nor_of_a_case_that_shared_a_contact(town, plain, line):
    other = town.case("Another matter")
    other.interactions.add(plain.interactions.exclude(summary="").first())
    gather_anew([plain.pk, other.pk])
    assert set(cases_saying(CANARY)) == {plain.pk, other.pk}

    formal(town, plain)

    assert cases_saying(CANARY) == []
    assert cases_saying("another") == [other.pk]


def test_what_another_gatherer_had_read_just_before_is_taken_out_the_next_time(town, plain, time_machine):
    formal(town, plain)
    Case.objects.filter(pk=plain.pk).update(is_confidential=False)
    gather_anew([plain.pk])
    Case.objects.filter(pk=plain.pk).update(is_confidential=True)
    assert CaseWords.objects.filter(case=plain).exists()

    time_machine.move_to(timezone.now() + timedelta(minutes=1))
    gather()

    assert not CaseWords.objects.filter(case=plain).exists()


def test_what_a_member_of_council_asked_about_it_is_sealed_too(town, plain, line):
    asked = inquiry(town, known=plain)
    asked.answer(by=town.rita, text=f"{CANARY} to the councillor")

    complaint = formal(town, plain)

    asked.refresh_from_db()
    opened = door.reveal(complaint.safe, by=line["supervisor"], purpose="investigate", fields=["source"])
    assert (asked.constituent, asked.replies.get().text) == (None, "")
    assert f"{CANARY} to the councillor" in str([one.text for one in opened])
    assert "Maria Lopez" in str([one.text for one in opened])


def test_a_call_that_is_owed_about_it_is_sealed_and_not_owed_any_more(town, plain, line):
    call = owed(town, plain)

    complaint = formal(town, plain)

    call.refresh_from_db()
    opened = door.reveal(complaint.safe, by=line["supervisor"], purpose="investigate", fields=["source"])
    assert (call.state, call.customer, call.contact_point) == ("withdrawn", None, None)
    assert NUMBER in str([one.text for one in opened])


def test_whoever_investigates_reads_each_thing_under_its_title(town, plain, line):
    owed(town, plain)
    inquiry(town, known=plain)
    complaint = formal(town, plain)

    read = sources_of(door.reveal(complaint.safe, by=line["supervisor"], purpose="investigate", fields=["source"]))

    titles = {str(one.title) for one in read}
    assert {"A call that was owed", "Hidden from the public, or shown again", "A member of Council asked"} < titles
    assert [one.at for one in read] == sorted(one.at for one in read)


def test_the_behaviour_of_somebody_does_not_say_any_more_with_which_case_it_came(town, plain, work):
    formal(town, plain)
    work()

    assert Behaviour.objects.get().case is None


def test_a_mail_that_is_on_its_way_arrives_and_is_sealed_then(town, plain, line, work):
    waiting = Mail.objects.filter(case_id=plain.pk).order_by("-pk").first()
    Mail.objects.filter(pk=waiting.pk).update(state="waiting", body=f"{CANARY} on its way")

    complaint = formal(town, plain)
    assert CANARY in everything()
    waiting.arrive(by=town.system)
    work()
    work()

    assert CANARY not in everything()
    opened = door.reveal(complaint.safe, by=line["supervisor"], purpose="investigate", fields=["source"])
    assert f"{CANARY} on its way" in str([one.text for one in opened])
    assert Mail.objects.get(pk=waiting.pk).state == "sent"


def test_a_sealed_mail_is_not_sent_again(town, plain):
    formal(town, plain)
    mail = Mail.objects.filter(case_id=plain.pk).first()
    Mail.objects.filter(pk=mail.pk).update(state="failed")

    with pytest.raises(NotPossible, match="sealed already"):
        mail.resend(by=town.rita)
    with pytest.raises(NotPossible, match="sealed already"):
        mail.seal(by=town.rita, into=Complaint.objects.get().safe)


@pytest.mark.parametrize("at", [0, 3, 12, 16, 19, 20])
def test_cut_off_anywhere_everything_is_as_it_was_and_it_can_be_done_again(town, plain, monkeypatch, work, at):
    calls, put = [], door.put

    def cut_off(*args, **kwargs):
        calls.append(1)
        if len(calls) > at:
            raise OSError("the power went")
        return put(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(door, "put", cut_off)
        with pytest.raises(OSError, match="power"):
            formal(town, plain)

    plain.refresh_from_db()
    assert not plain.is_confidential
    assert plain.notes.get().text == f"{CANARY} note"
    assert store.path(plain.enclosures.get().attachment.file).exists()
    assert not Complaint.objects.exists()
    formal(town, plain)
    work()
    assert CANARY not in everything()


def test_removing_the_plain_file_can_be_done_twice(town, plain, work, folders):
    names = [one.file for one in Attachment.objects.all()]
    formal(town, plain)
    work()
    from townline.documents.schedule import remove_files

    remove_files.call(names=names)

    assert list((folders / "files").iterdir()) == []


def test_a_confidential_case_takes_no_plain_file(town, plain):
    complaint = formal(town, plain)

    with pytest.raises(NotPossible, match="sealed"):
        complaint.case.attach(by=town.system, attachments=[photo(town.rita)])


def test_a_part_and_what_goes_on_elsewhere_are_not_where_it_begins(town, plain):
    other = town.case("The same", customer=plain.customer, kind=plain.kind, service=plain.service)
    Case.objects.filter(pk=other.pk).update(survivor=plain)
    other.refresh_from_db()

    with pytest.raises(NotPossible, match="Begin from that one"):
        formal(town, other)
    formal(town, plain)

    other.refresh_from_db()
    assert (other.is_confidential, other.customer) == (True, None)


def test_parts_of_others_come_first(town, plain):
    plain.split(by=town.rita, departments=[town.roads], text="Look.")

    with pytest.raises(NotPossible, match="Parts of this case"):
        formal(town, plain)


def test_on_the_customer_s_word_staff_are_led_to_the_form_with_what_is_known(as_member, town, plain):
    today = timezone.localdate()
    said = {"said_on_day": today.day, "said_on_month": today.month, "said_on_year": today.year}
    rita = as_member("rita")

    answer = rita.post(f"{plain.get_absolute_url()}make-formal/", {"channel": "phone", "words": "How to.", **said})
    page = rita.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"/desk/complaints/new/?from={plain.reference}"
    assert f"Quenby {CANARY}" in page
    assert f"{CANARY} called again" in page
    assert f"/desk/complaints/new/?from={plain.reference}" in rita.get(plain.get_absolute_url()).content.decode()


def test_it_is_filed_from_there_and_sealed(as_member, town, plain):
    page = as_member("rita").post(f"/desk/complaints/new/?from={plain.reference}", TOLD).content.decode()

    complaint = Complaint.objects.get()
    assert complaint.case.reference in page
    assert complaint.came_from == plain
    assert CANARY not in page


def test_what_was_typed_stays_when_something_is_missing(as_member, town, plain):
    page = as_member("rita").post(f"/desk/complaints/new/?from={plain.reference}", {**TOLD, "name": ""})

    assert TYPED["what"] in page.content.decode()
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("rita", 200), ("ada", 403), ("otto", 404), ("ines", 404)])
def test_who_leads_a_case_into_a_formal_complaint(as_member, town, plain, who, status):
    Case.objects.filter(pk=plain.pk).update(department=town.roads, queue=town.queues[town.roads.pk], assignee=None)

    assert as_member(who).get(f"/desk/complaints/new/?from={plain.reference}").status_code == status


def test_what_was_known_of_a_service_request_names_its_service(town, procedure):
    case = town.case("Broken lamp", assignee=town.ada)

    assert known.known_of(case)["about_service"] == "pothole"
    assert known.known_of(case)["what"] == "Broken lamp"


def test_removed_words_are_overwritten_in_the_file_of_sqlite(town, plain):
    formal(town, plain)

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete" if connection.vendor == "sqlite" else "SELECT 1")
        assert cursor.fetchone() == (1,)


SEALED = {
    "Behaviour", "Callback", "Case", "CaseStep", "CaseWords", "Draft", "Follower", "Hiding", "Inquiry", "Mail",
    "Message", "Note", "Refiling", "Unsent",
}  # fmt: skip
RECORDS_OF_THEIR_OWN = {"AccessRequest", "Correction", "Hold", "Piece"}
"""What was asked for, held or gathered under the law on access stands as it was; only who answers that reads it."""


def personal():
    """Every model whose rows hold something personal, by the word of its part or because they point to a customer."""
    parts = Path(townline.__file__).parent.glob("*/privacy.py")
    named = {model for part in parts for model in import_module(f"townline.{part.parent.name}.privacy").PERSONAL}
    return named | {model for model in apps.get_models() if points(model, {Customer, ContactPoint})}


def points(model, to):
    fields = [one for one in model._meta.get_fields() if one.concrete]
    return any(one.related_model in to for one in fields) or (
        Case in to and any(one.name == "case_id" for one in fields)
    )


def test_nothing_personal_that_belongs_to_a_case_was_forgotten():
    beside = {model.__name__ for model in personal() if points(model, {Case, Interaction, Draft})}

    assert beside == SEALED | RECORDS_OF_THEIR_OWN


def test_nothing_of_it_is_logged(town, plain, caplog, work):
    caplog.set_level(logging.DEBUG)
    formal(town, plain)
    work()

    assert CANARY not in caplog.text
