import pytest

from townline.core.refusals import NotPossible


def test_a_case_given_back_stands_in_its_queue_and_says_why(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.give_back(by=town.ada, reason="I am in court all week.")

    case.refresh_from_db()
    assert case.assignee is None
    assert case.queue == town.queues[town.roads.pk]
    assert case.why_here == "I am in court all week."
    event = town.events(case).get(name="case.given_back")
    assert event.details == {"before": town.ada.pk, "note": case.notes.get().pk}


def test_a_long_reason_is_shortened_in_the_list_and_whole_in_the_timeline(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.give_back(by=town.ada, reason="Too much. " * 60)

    assert len(case.why_here) == 200
    assert case.notes.get().text == "Too much. " * 60


def test_a_case_that_nobody_has_is_not_given_back(town):
    case = town.case("Broken street lamp")

    with pytest.raises(NotPossible, match="Nobody has this case"):
        case.give_back(by=town.lea, reason="Why not.")


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 403), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_give_back(as_member, town, who, status):
    case = town.case("Broken street lamp", assignee=town.ada)

    response = as_member(who).post(f"/desk/cases/{case.reference}/give_back/", {"reason": "I am away."})

    assert response.status_code == status


def test_the_list_and_the_page_say_why_it_came_back(as_member, town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.give_back(by=town.ada, reason="I am in court all week.")
    ben = as_member("ben")

    assert "I am in court all week." in ben.get("/desk/work/department/roads/unassigned/").content.decode()
    assert "I am in court all week." in ben.get(case.get_absolute_url()).content.decode()


def test_giving_back_by_the_interface(call, town):
    case = town.case("Broken street lamp", assignee=town.ada)

    assert call("ben", f"cases/{case.reference}/give_back", reason="x").status_code == 403
    assert call("ada", f"cases/{case.reference}/give_back", reason="I am away.").status_code == 200
    assert call("ada", f"cases/{case.reference}/give_back", reason="Again.").status_code in (403, 409)
