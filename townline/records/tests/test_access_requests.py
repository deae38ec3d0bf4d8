"""Access requests: two clocks, one extension, third parties, what is gathered and taken out, the decision."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from townline.cases.models import Case
from townline.core.refusals import NotPossible
from townline.records.models import AccessRequest, AccessRule, Hold
from townline.records.tests.doings import a_request, asks_for_access, gathered, redacted, rules


def test_a_case_that_asks_for_access_gets_its_clock_by_itself(town, work):
    case = asks_for_access(town)

    work()

    case.refresh_from_db()
    made = AccessRequest.objects.get()
    assert made.due_on == timezone.localdate(case.received_at) + timedelta(days=30)
    assert case.clocks.get(step="access-answer").is_legal
    work()
    assert AccessRequest.objects.count() == 1


def test_where_no_rule_holds_for_the_day_the_case_waits_for_the_coordinator(town, work):
    case = asks_for_access(town)
    AccessRule.objects.update(from_on=timezone.localdate() + timedelta(days=1))

    work()

    assert not AccessRequest.objects.exists()
    with pytest.raises(NotPossible, match="No rule says"):
        AccessRequest.begin(case, by=town.dana)


def test_the_other_rule_holds_only_from_its_day(town):
    rules()
    first = a_request(town)
    AccessRule.objects.filter(code="business").update(from_on=timezone.localdate())
    second = AccessRequest.begin(asks_for_access(town), by=town.dana)

    assert (first.rule.code, second.rule.code) == ("thirty", "business")
    first.refresh_from_db()
    assert [(rule.code, holds) for rule, _on, holds in first.clocks()] == [("thirty", True), ("business", False)]


@pytest.mark.parametrize(
    ("received", "due"),
    [("2026-12-01", date(2026, 12, 31)), ("2028-01-30", date(2028, 2, 29)), ("2026-11-30", date(2026, 12, 30))],
)
def test_thirty_days_are_dates_on_the_wall(town, received, due):
    case = asks_for_access(town)
    at = timezone.make_aware(timezone.datetime.fromisoformat(f"{received}T22:30"))
    Case.objects.filter(pk=case.pk).update(received_at=at)

    assert AccessRequest.begin(case, by=town.dana).due_on == due


def test_time_is_extended_once_with_its_reason(town):
    made = a_request(town)
    before = made.due_on

    made.extend(by=town.dana, more=15, why="volume", words="Nine thousand pages.")

    assert made.due_on == before + timedelta(days=15)
    assert made.case.clocks.filter(step="access-answer", ended_at=None).get().amount == 45
    with pytest.raises(NotPossible, match="extended already"):
        made.extend(by=town.dana, more=15, why="volume", words="More.")


def test_what_is_gathered_is_held_and_copied(town):
    made = gathered(town, "Before.")
    source = made.pieces.get().source
    source.note(by=town.ada, text="After.")

    assert Hold.objects.standing().get(case=source).kind == "foi"
    assert [piece.text for piece in made.pieces.all()] == ["Before."]
    with pytest.raises(NotPossible, match="gathered already"):
        made.gather(by=town.dana, case=source, texts=[("Note", "x")])


def test_nothing_is_released_while_a_third_party_has_time(town):
    made = gathered(town)
    party = made.notify(by=town.dana, name="Acme Invented", about="Prices")

    with pytest.raises(NotPossible, match="still has time"):
        made.decide(by=town.dana, decision="part", why="W.")
    party.respond(by=town.dana, answer="agrees")
    made.decide(by=town.dana, decision="part", why="W.")
    assert made.case.clocks.get(step="access-answer").is_kept


def test_what_is_taken_out_is_not_given_in_full(town):
    made = redacted(town)

    with pytest.raises(NotPossible, match="given in part"):
        made.decide(by=town.dana, decision="full", why="W.")


def test_nothing_changes_after_the_decision(town):
    made = redacted(town)
    made.decide(by=town.dana, decision="part", why="W.")

    with pytest.raises(NotPossible, match="decided already"):
        made.redact(by=town.dana, words=["agreed"], section="s. 14")


def test_the_release_holds_nothing_that_was_taken_out(town, client):
    made = redacted(town)
    client.force_login(town.dana)
    found = client.get(f"/desk/records/requests/{made.pk}/redact/").content.decode()
    client.post(
        f"/desk/records/requests/{made.pk}/redact/",
        {"likely": ["905-555-0199", "nora@example.net"], "typed": "agreed", "section": "s. 14"},
    )

    page = client.get(f"/desk/records/requests/{made.pk}/release/").content.decode()

    assert "905-555-0199" in found
    assert not [word for word in ("Nora", "905-555-0199", "example.net", "agreed") if word.lower() in page.lower()]
    assert page.count("[s. 14]") == 5


def test_a_formal_complaint_is_not_gathered_here(town, client):
    made = a_request(town)
    secret = town.case("Secret")
    Case.objects.filter(pk=secret.pk).update(is_confidential=True)
    client.force_login(town.dana)

    answer = client.post(f"/desk/records/requests/{made.pk}/gather/", {"case": secret.reference})

    assert "There is no case with this reference" in answer.content.decode()


def test_the_coordinators_list_is_soonest_due_first_and_asks_a_set_number_of_questions(
    town, client, django_assert_max_num_queries
):
    [a_request(town) for _ in range(3)]
    client.force_login(town.dana)
    client.get("/desk/records/")

    with django_assert_max_num_queries(10):
        page = client.get("/desk/records/requests/").content.decode()

    assert page.count("To be answered") == 3


def test_the_list_goes_along_its_own_index(town, way_of):
    rows = AccessRequest.objects.filter(decided_on=None).order_by("due_on", "pk")[:50]

    assert "access_open" in way_of(rows)


@pytest.mark.parametrize("verb", ["extend", "notify", "gather", "redact", "decide"])
@pytest.mark.parametrize("who", ["ada", "lea", "ines"])
def test_who_may_not(town, client, verb, who):
    made = a_request(town)
    client.force_login(getattr(town, who))

    assert client.get(f"/desk/records/requests/{made.pk}/{verb}/").status_code == 403
