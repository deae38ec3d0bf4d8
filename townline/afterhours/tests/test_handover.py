"""The handover list in the morning, at the desk and on paper."""

from townline.afterhours.models import Call
from townline.afterhours.tests.doings import call, script
from townline.cases.models import Case
from townline.timeline.models import Event


def test_what_came_in_is_listed_until_somebody_takes_it_over(as_member, town):
    made = call(town)
    ada = as_member("ada")

    before = ada.get("/desk/after-hours/handover/").content.decode()
    ada.post(f"/desk/after-hours/calls/{made.pk}/take-over/")
    after = ada.get("/desk/after-hours/handover/").content.decode()

    assert f"Take {made.case.reference} over" in before
    assert "Nothing to take over" in after
    assert made.case.reference in after
    assert Event.objects.get(name="call.taken_over").by == town.ada


def test_all_that_was_shown_is_taken_over_and_what_came_since_stays(as_member, town):
    first, second = call(town), call(town)

    as_member("ada").post("/desk/after-hours/handover/take-over/", {"shown": [first.pk]})

    assert list(Call.objects.to_take_over()) == [second]


def test_nobody_is_paged_any_more_once_the_day_has_it(town):
    made = call(town)

    made.take_over(by=town.ada)

    assert not Call.objects.exclude(next_at=None).exists()


def test_another_department_sees_nothing_of_it(as_member, town):
    made = call(town)

    assert made.case.reference not in as_member("otto").get("/desk/after-hours/handover/").content.decode()


def test_a_confidential_case_is_not_on_it(as_member, town):
    made = call(town)
    Case.objects.filter(pk=made.case_id).update(is_confidential=True)

    assert made.case.reference not in as_member("ada").get("/desk/after-hours/handover/").content.decode()


def test_it_is_printed(as_member, town):
    made = call(town)

    page = as_member("ada").get("/desk/after-hours/handover/print/").content.decode()

    assert made.case.reference in page
    assert "Carl Caller" not in page


def test_it_costs_the_same_however_many_calls(as_member, town, django_assert_max_num_queries):
    for _number in range(5):
        call(town)
    ada = as_member("ada")

    with django_assert_max_num_queries(12):
        ada.get("/desk/after-hours/handover/")


def test_a_script_is_changed_under_setup_and_needs_its_rule_in_both_languages(as_member, town):
    one = script(town)
    given = {"rota": one.rota_id, "is_active": "on", "ask_en": "Deep?", "ask_fr": "Profond?", "otherwise_en": "Waits.",
             "otherwise_fr": "Attend."}  # fmt: skip
    dana = as_member("dana")

    page = dana.post("/desk/after-hours/scripts/pothole/", given).content.decode()
    more = {"urgent_if_en": "Deep.", "urgent_if_fr": "Profond.", "say_en": "Paged.", "say_fr": "Appelé."}
    dana.post("/desk/after-hours/scripts/pothole/", given | more)

    assert "write this too" in page
    one.refresh_from_db()
    assert one.ask["fr"] == "Profond?"
    assert Event.objects.get(name="script.changed").by == town.dana
