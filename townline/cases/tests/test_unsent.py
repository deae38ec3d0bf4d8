"""What is begun on a case stays until it is sent or thrown away on purpose."""

from townline.cases.models import Unsent


def keep(case, by, text, seen=0, verb="message"):
    return Unsent.keep(case, by=by, verb=verb, typed={"text": text}, seen=seen)


def test_a_draft_is_kept_by_case_author_and_verb(town):
    case = town.case("Lamp", assignee=town.ada)

    keep(case, town.ada, "The crew")
    keep(case, town.ada, "A note", verb="note")
    keep(case, town.lea, "Lea writes too")

    assert sorted(draft.text for draft in case.unsent.all()) == ["A note", "Lea writes too", "The crew"]


def test_the_same_window_goes_on_and_nothing_typed_makes_no_draft(town):
    case = town.case("Lamp", assignee=town.ada)

    assert keep(case, town.ada, "  ") == (None, True)
    first, _kept = keep(case, town.ada, "The crew")
    again, is_kept = keep(case, town.ada, "The crew comes", seen=first.revision)

    assert is_kept
    assert (again.pk, again.revision, again.text) == (first.pk, 2, "The crew comes")


def test_another_window_never_writes_over_it_unseen(town):
    case = town.case("Lamp", assignee=town.ada)
    keep(case, town.ada, "From the first window")

    draft, is_kept = keep(case, town.ada, "From the second window")

    assert not is_kept
    assert draft.text == "From the first window"
    assert keep(case, town.ada, "From the second window", seen=draft.revision)[1]
    assert case.unsent.get().text == "From the second window"


def test_whatever_happens_to_the_case_the_draft_stays(town):
    case = town.case("Lamp", assignee=town.ada)
    keep(case, town.ada, "The crew comes")

    case.assign(by=town.lea, to=town.ben)
    case.close(by=town.ben, outcome="done", words="Done.")
    case.reopen(by=town.ben)

    assert case.unsent.get().text == "The crew comes"
