"""One verb for many cases: each by itself, each once, with a report of what was refused."""

import pytest

from townline.cases.models import AFTER_ALL, Case, CaseAccess
from townline.core.refusals import NotPossible
from townline.desk import bulk
from townline.desk.models import BulkAction
from townline.timeline.models import Event


def many_like(case, count):
    """So many cases more, like this one."""
    fields = {one.attname: getattr(case, one.attname) for one in Case._meta.concrete_fields if one.name != "id"}
    fields |= {"assignee_id": None, "status": "new"}
    return Case.objects.bulk_create(Case(**{**fields, "reference": f"TV-{number:04}"}) for number in range(count))


def test_a_thousand_cases_are_closed_with_one_event_each_and_the_refusals_are_told(as_member, town, work):
    made = many_like(town.case("Lamp"), 1000)
    closed, elsewhere = made[3], made[7]
    closed.close(by=town.lea, outcome="done", words="Done before.")
    Case.objects.filter(pk=elsewhere.pk).update(department=town.bylaw)
    lea = as_member("lea")
    words = {"verb": "close", "outcome": "no_action", "words": "The road was renewed.", "sure": "1"}

    response = lea.post("/desk/bulk/new/", {**words, "cases": ",".join(str(case.pk) for case in made)})
    before = lea.get(response.url).context["numbers"]
    work()
    page = lea.get(response.url)

    assert before == {"total": 1000, "done": 0, "refused": 0, "waiting": 1000}
    assert page.context["numbers"] == {"total": 1000, "done": 998, "refused": 2, "waiting": 0}
    assert [step.case_id for step, _seen in page.context["refusals"]] == [closed.pk, elsewhere.pk]
    assert "Lea Moreau closed this case before you" in page.content.decode()
    assert "may not see" in page.content.decode()
    assert elsewhere.reference not in page.content.decode()
    assert Event.objects.filter(name="case.closed", by=town.lea).count() == 999
    assert Case.objects.filter(due_at=AFTER_ALL, outcome="no_action").count() == 998
    assert [event.name for event in BulkAction.objects.get().events] == ["bulkaction.begun", "bulkaction.finished"]


def test_a_worker_that_dies_in_the_middle_does_nothing_twice_and_leaves_nothing_out(town, monkeypatch):
    made = many_like(town.case("Lamp"), 6)
    asked = bulk.begin([case.pk for case in made], by=town.lea, verb="close", text="Done.", outcome="done")
    plain = Case.close

    def dies_after_the_fourth(case, **given):
        plain(case, **given)
        if Event.objects.filter(name="case.closed").count() == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(Case, "close", dies_after_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        bulk.carry_out.call(asked.pk)
    assert asked.numbers == {"total": 6, "done": 3, "refused": 0, "waiting": 3}
    assert Event.objects.filter(name="case.closed").count() == 3

    monkeypatch.setattr(Case, "close", plain)
    bulk.carry_out.call(asked.pk)
    bulk.carry_out.call(asked.pk)

    assert asked.numbers == {"total": 6, "done": 6, "refused": 0, "waiting": 0}
    assert sorted(Event.objects.filter(name="case.closed").values_list("case_id", flat=True)) == [c.pk for c in made]


def test_a_step_is_not_taken_twice_by_two_workers(town):
    asked = bulk.begin([town.case("Lamp").pk], by=town.lea, verb="note", text="Look at it.")
    step = asked.steps.get()

    bulk.take_step(step, asked)
    bulk.take_step(step, asked)

    assert Event.objects.filter(name="case.noted").count() == 1


@pytest.mark.parametrize(
    ("verb", "given", "event"),
    [
        ("take", {}, "case.taken"),
        ("note", {"text": "The crew was there."}, "case.noted"),
        ("prioritise", {"priority": "urgent", "reason": "Storm."}, "case.prioritised"),
        ("assign", {"to": "ben"}, "case.assigned"),
    ],
)
def test_each_verb_is_done_to_each_case(as_member, town, work, verb, given, event):
    cases = [town.case("Lamp"), town.case("Sign")]
    town.lea.roles.add(town.roles["officer"])
    given = {name: town.ben.pk if value == "ben" else value for name, value in given.items()}

    response = as_member("lea").post(
        "/desk/bulk/new/", {"verb": verb, "cases": ",".join(str(case.pk) for case in cases), "sure": "1", **given}
    )
    work()

    assert as_member("lea").get(response.url).context["numbers"]["done"] == 2
    assert Event.objects.filter(name=event, by=town.lea).count() == 2


def test_cases_are_handed_over_and_what_cannot_go_there_is_told(as_member, town, work):
    cases = [town.case("Lamp"), town.case("Sign", assignee=town.ada), town.case("Closed", assignee=town.ada)]
    cases[2].close(by=town.ada, outcome="done", words="Done.")
    there = town.queues[town.bylaw.pk]
    given = {"verb": "hand_over", "queue": there.pk, "reason": "It is on private land.", "sure": "1"}
    ada = as_member("ada")

    response = ada.post("/desk/bulk/new/", {**given, "cases": ",".join(str(case.pk) for case in cases)})
    work()
    page = ada.get(response.url)

    assert page.context["numbers"] == {"total": 3, "done": 2, "refused": 1, "waiting": 0}
    assert [step.case_id for step, _seen in page.context["refusals"]] == [cases[2].pk]
    assert Event.objects.filter(name="case.handed_over", by=town.ada).count() == 2
    assert set(there.cases.values_list("pk", "why_here")) == {(case.pk, "It is on private land.") for case in cases[:2]}


def test_handing_over_asks_where_and_why(as_member, town):
    case = town.case("Lamp")

    page = as_member("ada").post(
        "/desk/bulk/new/", {"verb": "hand_over", "cases": case.pk, "sure": "1", "queue": "9999"}
    )

    assert set(page.context["form"].errors) == {"queue", "reason"}
    assert not BulkAction.objects.exists()


def test_what_is_meant_ticked_on_the_page_or_all_that_fit(as_member, town):
    first, second = town.case("Lamp"), town.case("Sign", language="fr")
    ada = as_member("ada")
    listed = {
        "verb": "note",
        "whose": "department",
        "which": "open",
        "code": "roads",
        "page": f"{first.pk},{second.pk}",
    }

    def chosen(**more):
        return ada.post("/desk/bulk/new/", {**listed, **more}).context["cases"]

    assert chosen(which_cases="chosen", case=[second.pk]) == str(second.pk)
    assert chosen(which_cases="chosen") == ""
    assert chosen(which_cases="page") == f"{first.pk},{second.pk}"
    assert chosen(which_cases="fit", language="fr") == str(second.pk)
    assert chosen(which_cases="chosen", case=["nonsense", "9" * 30]) == ""


def test_all_that_fit_in_every_department_too(as_member, town):
    cases = [town.case("Lamp"), town.case("Noise", service=town.noise)]
    asked = {"verb": "note", "whose": "all", "which": "open", "code": "", "which_cases": "fit"}

    response = as_member("rita").post("/desk/bulk/new/", asked)

    assert response.context["cases"] == ",".join(str(case.pk) for case in cases)


def test_more_than_two_thousand_are_refused(town, monkeypatch):
    monkeypatch.setattr("townline.desk.models.bulk.MOST", 1)

    with pytest.raises(NotPossible, match="At most 1 cases"):
        bulk.begin([1, 2], by=town.lea, verb="take")
    with pytest.raises(NotPossible, match="at least one"):
        bulk.begin([], by=town.lea, verb="take")


def test_a_verb_that_is_not_theirs_is_not_offered(as_member, town):
    case = town.case("Lamp")

    assert as_member("ada").post("/desk/bulk/new/", {"verb": "assign", "cases": case.pk}).status_code == 409
    assert as_member("ines").post("/desk/bulk/new/", {"verb": "take", "cases": case.pk}).status_code == 409
    assert as_member("ada").post("/desk/bulk/new/", {"verb": "delete", "cases": case.pk}).status_code == 409


def test_a_mistake_is_said_and_nothing_begins(as_member, town):
    case = town.case("Lamp")

    page = as_member("lea").post("/desk/bulk/new/", {"verb": "close", "cases": case.pk, "sure": "1", "words": "So."})

    assert page.status_code == 200
    assert "So." in page.content.decode()
    assert not BulkAction.objects.exists()


def test_it_can_be_stopped_and_what_is_done_stays_done(as_member, town, work):
    cases = many_like(town.case("Lamp"), 3)
    asked = bulk.begin([case.pk for case in cases], by=town.lea, verb="close", text="Done.", outcome="done")
    bulk.take_step(asked.steps.get(number=1), asked)

    as_member("lea").post(f"/desk/bulk/{asked.pk}/stop/")
    work()

    assert asked.numbers == {"total": 3, "done": 1, "refused": 0, "waiting": 2}
    assert as_member("lea").post(f"/desk/bulk/{asked.pk}/stop/").status_code == 409


def test_a_bulk_closing_is_undone_by_reopening(as_member, town, work):
    cases = many_like(town.case("Lamp"), 2)
    town.lea.roles.add(town.roles["officer"])
    asked = bulk.begin([case.pk for case in cases], by=town.lea, verb="close", text="Done.", outcome="done")
    work()

    response = as_member("lea").post(f"/desk/bulk/{asked.pk}/undo/")
    work()

    assert as_member("lea").get(response.url).context["numbers"]["done"] == 2
    assert not Case.objects.closed().exists()


def test_nobody_else_opens_the_report(as_member, town):
    asked = bulk.begin([town.case("Lamp").pk], by=town.ada, verb="take")

    answers = {who: as_member(who).get(f"/desk/bulk/{asked.pk}/").status_code for who in ("ada", "ben", "lea", "ines")}

    assert answers == {"ada": 200, "ben": 404, "lea": 404, "ines": 404}


def test_a_confidential_case_is_as_absent_as_everywhere(as_member, town, work):
    case = town.case("Quiet matter", is_confidential=True)
    asked = bulk.begin([case.pk], by=town.ada, verb="take")
    work()

    page = as_member("ada").get(f"/desk/bulk/{asked.pk}/").content.decode()

    assert case.reference not in page
    assert CaseAccess.objects.count() == 0
    assert asked.numbers["refused"] == 1
