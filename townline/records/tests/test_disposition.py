"""What goes, what stays and why; two people; a worker that dies; and the certificate that remains."""

import re
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from townline.callbacks.tests.doings import NUMBER, owed
from townline.cases.intake import Contact
from townline.cases.models import Case
from townline.complaints.testing import a_complaint, a_line, a_procedure
from townline.core.refusals import NotPossible
from townline.council.tests.doings import inquiry
from townline.records.choosing import candidates, propose, walk
from townline.records.disposing import carry_out, take_turn
from townline.records.models import Disposition, EarlyConsent, Hold, RecordsClass
from townline.records.tests.doings import (
    CANARY,
    a_hold,
    approved_once,
    fay,
    listed,
    long_ago,
    over,
    running,
    schedule,
)
from townline.vault import door


def everywhere():
    """Where a piece of text still stands, in every field that any part declares personal."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("townline.") and _is_there(f"{config.name}.privacy"):
            for model, fields in import_module(f"{config.name}.privacy").PERSONAL.items():
                found += [f"{model.__name__}.{name}" for name in fields if _holds(model, name)]
    return found


def _is_there(name):
    try:
        import_module(name)
    except ModuleNotFoundError:
        return False
    return True


def _holds(model, name):
    if isinstance(model._meta.get_field(name), models.BinaryField):
        return False
    return any(CANARY in str(value) for value in model.objects.values_list(name, flat=True))


def reason(town, case, chosen=None):
    judged, _next = walk(town.dana, chosen or schedule(town), timezone.localdate())
    return next((one.reason for one in judged if one.case.pk == case.pk), "not on the walk")


def test_the_dry_run_changes_nothing_and_says_what_would_go(town):
    case = over(town)

    assert reason(town, case) == ""
    case.refresh_from_db()
    assert case.disposed_at is None
    assert not Disposition.objects.exists()


@pytest.mark.parametrize("days", [0, 100, 729])
def test_a_case_within_its_period_is_not_even_on_the_walk(town, days):
    assert reason(town, over(town, days)) == "not on the walk"


def test_an_open_case_is_not_on_the_walk(town):
    assert reason(town, long_ago(town.case("Lamp"), 4000)) == "not on the walk"


def test_a_case_that_was_used_within_the_year_stays_where_no_bylaw_is_named(town):
    schedule(town)
    RecordsClass.objects.filter(code="requests").update(bylaw="")
    case = over(town)
    case.note(by=town.ada, text="Looked at again.")

    assert reason(town, case) == "used"


def test_that_a_case_was_kept_is_no_use_of_it(town):
    schedule(town)
    RecordsClass.objects.filter(code="requests").update(bylaw="")
    case = over(town)

    a_hold(town, case=case).lift(by=town.dana, why="Over.")

    assert reason(town, case) == ""


def test_a_case_that_goes_on_in_another_stays(town):
    case = over(town)
    Case.objects.filter(pk=case.pk).update(survivor=town.case("The same"))

    assert reason(town, case) == "matter"


@pytest.mark.parametrize("about", ["case", "customer", "service", "all"])
def test_a_hold_keeps_whatever_it_is_about(town, about):
    case = over(town)
    given = {"case": case, "customer": case.customer, "service": case.service}

    hold = a_hold(town, **({about: given[about]} if about in given else {}))

    assert reason(town, case) == "hold"
    hold.lift(by=town.dana, why="Over.")
    assert reason(town, case) == ""


def test_everything_personal_goes_and_the_skeleton_stays(town, work):
    case = over(town)
    closed = Case.objects.closed().count()
    made = propose(schedule(town), by=town.dana)
    made.approve(by=fay(town))
    made.approve(by=town.dana)

    work()

    case.refresh_from_db()
    made.refresh_from_db()
    assert everywhere() == []
    assert (case.outcome, case.customer, case.disposed_at is not None) == ("done", None, True)
    assert Case.objects.closed().count() == closed
    assert (made.state, made.gone, made.kept) == ("done", 1, 0)


def test_what_a_member_of_council_was_told_goes_too(town):
    schedule(town)
    asked = inquiry(town, constituent=Contact(name=f"Quenby {CANARY}", email=f"{CANARY}@example.org"))
    asked.answer(by=town.lea, text="It is mended.")
    asked.replies.update(text=f"It is mended, {CANARY}.")
    asked.case.close(by=town.lea, outcome="done", words="Done.")
    long_ago(asked.case, 1200)
    made = propose(schedule(town), by=town.dana)

    take_turn(made.items.get(), made)

    asked.refresh_from_db()
    assert everywhere() == []
    assert (asked.constituent, asked.member.code) == (None, "ward-1")


def test_whom_we_were_to_call_goes_too(town):
    schedule(town)
    call = owed(town, town.case("Lamp", assignee=town.ada))
    call.give_up(by=town.ada, reason="nobody")
    call.case.close(by=town.ada, outcome="done", words="Done.")
    long_ago(call.case, 1200)
    made = propose(schedule(town), by=town.dana)

    take_turn(made.items.get(), made)

    call.refresh_from_db()
    assert (call.customer, call.contact_point, call.state) == (None, None, "given_up")
    assert not type(town.rivera_email).objects.filter(value=NUMBER).exists()


def test_a_customer_with_another_case_stays(town):
    case = over(town)
    customer = case.customer
    Case.objects.filter(pk=town.case("Another").pk).update(customer=customer)
    made = propose(schedule(town), by=town.dana)

    take_turn(made.items.get(), made)

    customer.refresh_from_db()
    assert CANARY in customer.name


def test_each_case_is_judged_again_before_it_goes(town):
    case = over(town)
    made = propose(schedule(town), by=town.dana)
    a_hold(town, case=case)

    take_turn(made.items.get(), made)

    case.refresh_from_db()
    assert case.disposed_at is None
    assert made.items.get().reason == "hold"


def test_one_person_cannot_approve_twice(town):
    made = approved_once(town)

    with pytest.raises(NotPossible, match="You approved this already"):
        made.approve(by=fay(town))

    with pytest.raises(IntegrityError), transaction.atomic():
        Disposition.objects.filter(pk=made.pk).update(second_by=fay(town))


def test_nothing_goes_before_the_second_approval(town, work):
    approved_once(town)

    work()

    assert not Case.objects.filter(disposed_at__isnull=False).exists()


def test_carrying_out_what_is_done_already_changes_nothing(town):
    made = running(town)
    carry_out.call(disposition_id=made.pk)

    carry_out.call(disposition_id=made.pk)

    made.refresh_from_db()
    assert (made.state, made.gone) == ("done", 1)
    assert made.events.filter(name="disposition.finished").count() == 1


def test_a_case_on_one_list_is_not_put_on_a_second(town):
    listed(town)

    with pytest.raises(NotPossible, match="Nothing of this class may go today"):
        propose(schedule(town), by=town.dana)


def test_records_to_be_reviewed_need_what_was_found(town):
    over(town)
    chosen = schedule(town)
    chosen.action = "review"
    chosen.save()

    with pytest.raises(NotPossible, match="look at these records first"):
        propose(chosen, by=town.dana)
    assert propose(chosen, by=town.dana, what_review_found="Nothing to keep.").items.count() == 1


def test_records_kept_for_good_never_go(town):
    over(town)
    chosen = schedule(town)
    chosen.action = "keep"
    chosen.save()

    with pytest.raises(NotPossible, match="kept for good"):
        propose(chosen, by=town.dana)
    assert reason(town, Case.objects.get(), chosen) == "class"


def test_consent_lets_a_case_go_sooner_where_no_bylaw_is_named(town):
    schedule(town)
    RecordsClass.objects.filter(code="requests").update(bylaw="")
    case = over(town, 30)
    EarlyConsent.note(case, by=town.dana, how="written", on=timezone.localdate())

    assert reason(town, case, RecordsClass.objects.get(code="requests")) == ""


def test_a_formal_complaint_loses_its_key(town):
    a_line(town)
    a_procedure(town)
    complaint = a_complaint(town)
    RecordsClass.objects.create(
        code="formal", name={"en": "Formal"}, kind="formal_complaint", bylaw="By-law (invented)"
    )
    complaint.case.settle(by=town.system, outcome="done")
    long_ago(complaint.case, 800)
    made = propose(RecordsClass.objects.get(code="formal"), by=town.dana)

    take_turn(made.items.get(), made)

    complaint.safe.refresh_from_db()
    assert complaint.safe.shredded_at
    assert bytes(complaint.safe.wrapped_key) == b""
    with pytest.raises(NotPossible, match="destroyed under the retention schedule"):
        door.put(complaint.safe, "note", "again", by=town.system)


def test_a_complaint_is_called_by_its_pseudonym_and_hidden_from_whom_it_is_about(town, client):
    line = a_line(town)
    a_procedure(town)
    complaint = a_complaint(town)
    RecordsClass.objects.create(
        code="formal", name={"en": "Formal"}, kind="formal_complaint", bylaw="By-law (invented)"
    )
    complaint.case.settle(by=town.system, outcome="done")
    long_ago(complaint.case, 800)
    propose(RecordsClass.objects.get(code="formal"), by=town.dana)
    complaint.subjects.create(user=town.ada)
    line["supervisor"].roles.set([town.roles["deputy_clerk"]])
    town.ada.roles.set([town.roles["deputy_clerk"]])
    number = Disposition.objects.get().pk

    client.force_login(town.dana)
    seen = client.get(f"/desk/records/dispositions/{number}/").content.decode()
    client.force_login(town.ada)

    assert complaint.pseudonym in seen
    assert complaint.case.reference not in seen
    assert client.get(f"/desk/records/dispositions/{number}/").status_code == 404
    assert complaint.pseudonym not in client.get("/desk/records/schedule/formal/").content.decode()


def test_the_pages_of_a_case_that_was_disposed_of_still_open(town, work, client):
    running(town)
    work()
    case = Case.objects.get()
    client.force_login(town.rita)

    answer = client.get(f"/desk/cases/{case.reference}/")

    assert answer.status_code == 200
    assert "Disposed of" in answer.content.decode()
    assert CANARY not in answer.content.decode()
    assert client.post(f"/desk/cases/{case.reference}/note/", {"text": "x"}).status_code == 403


def test_the_certificate_names_the_bylaw_and_both_approvers(town, work, client):
    made = running(town)
    work()
    client.force_login(town.dana)

    page = client.get(f"/desk/records/dispositions/{made.pk}/certificate/").content.decode()

    assert "By-law 2020-001 (invented)" in page
    assert "Fay Foi" in page
    assert "Dana Whitfield" in page
    assert Case.objects.get().reference in page


def test_the_dry_run_asks_a_set_number_of_questions(town, client, django_assert_max_num_queries):
    [over(town) for _ in range(3)]
    schedule(town)
    client.force_login(town.dana)
    client.get("/desk/records/")

    with django_assert_max_num_queries(12):
        client.get("/desk/records/schedule/requests/")


def test_a_long_dry_run_goes_on_by_its_key(town, client):
    found = [over(town, 2000 - number) for number in range(51)]
    schedule(town)
    client.force_login(town.dana)

    page = client.get("/desk/records/schedule/requests/").content.decode()
    address = re.search(r'href="(\?after=[^"]+)"', page)[1]
    further = client.get(f"/desk/records/schedule/requests/{address}").content.decode()

    assert (found[0].reference in page, found[50].reference in page) == (True, False)
    assert (found[49].reference in further, found[50].reference in further) == (False, True)


def test_the_walk_goes_along_its_own_index(town, way_of):
    over(town)
    schedule(town)
    rows = candidates(schedule(town), list(RecordsClass.objects.all()), timezone.localdate()).order_by(
        "closed_at", "pk"
    )

    assert "case_to_dispose" in way_of(rows[:50])


@pytest.mark.parametrize(
    ("who", "status"), [("dana", 302), ("ada", 403), ("lea", 403), ("ines", 403)],
    ids=["Deputy Clerk", "officer", "supervisor", "administrator"],
)  # fmt: skip
def test_who_may_approve(town, client, who, status):
    made = listed(town)
    client.force_login(getattr(town, who))

    assert client.post(f"/desk/records/dispositions/{made.pk}/approve/").status_code == status


def test_placing_and_lifting_a_hold_by_page(town, client):
    case = town.case("Lamp")
    client.force_login(town.dana)
    typed = {"kind": "foi", "about": "case", "case": case.reference.lower(), "reason": "Request 2026-1."}

    client.post("/desk/records/holds/place/", typed)
    hold = Hold.objects.get()
    client.post(f"/desk/records/holds/{hold.pk}/lift/", {"why": "Answered."})

    hold.refresh_from_db()
    assert (hold.case, hold.lifted_by) == (case, town.dana)
    assert [event.name for event in hold.events] == ["hold.placed", "hold.lifted"]


def test_a_hold_on_what_is_gone_is_refused(town):
    case = over(town)
    made = propose(schedule(town), by=town.dana)
    take_turn(made.items.get(), made)
    case.refresh_from_db()

    with pytest.raises(NotPossible, match="nothing left to hold"):
        a_hold(town, case=case)


def test_what_was_typed_about_an_unknown_case_is_not_lost(town, client):
    client.force_login(town.dana)

    answer = client.post(
        "/desk/records/holds/place/", {"kind": "legal", "about": "case", "case": "TV-0000", "reason": "Kept words"}
    )

    assert "There is no case with this reference" in answer.content.decode()
    assert "Kept words" in answer.content.decode()


def test_a_case_is_kept_on_the_last_day_and_may_go_on_the_next(town):
    with time_machine.travel("2026-11-25 12:00 -0500", tick=False):
        kept, goes = over(town, 730), over(town, 731)

        assert timezone.localdate(kept.closed_at).isoformat() == "2024-11-25"
        assert (reason(town, kept), reason(town, goes)) == ("used", "")
