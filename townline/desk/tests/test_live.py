"""Open pages stay true: what came in, what changed, how many there are now."""

import pytest

from townline.desk.living import newest_event, stamp

ROADS = "/desk/changes?whose=department&which=open&code=roads"


@pytest.fixture
def page(as_member, town):
    """Ada's list of Roads as it was drawn, and what its browser would ask."""
    case = town.case("Lamp")
    drawn = as_member("ada").get("/desk/work/department/roads/open/")
    return {"case": case, "url": f"{drawn.context['changes_url']}&rows={stamp(case)}"}


def test_when_nothing_happened_one_look_at_the_newest_event_says_so(as_member, page, queries):
    ada = as_member("ada")

    with queries() as asked:
        answer = ada.get(page["url"]).json()

    assert answer == {"sentence": "", "changed": [], "counts": {}}
    assert len(asked) <= 5


def test_a_row_that_changed_and_a_case_that_came_in_are_told_with_the_counts(as_member, town, page):
    page["case"].take(by=town.ben)
    town.case("Sign")

    answer = as_member("ada").get(page["url"]).json()

    assert answer["sentence"] == "1 new case has come in. 1 case on this page has changed."
    assert answer["changed"] == [str(page["case"].pk)]
    assert answer["counts"]["/desk/work/department/roads/open/"] == "2"
    assert answer["counts"]["/desk/work/department/roads/unassigned/"] == "1"


def test_what_is_given_to_me_is_new_in_my_own_list(as_member, town):
    case = town.case("Lamp")
    url = as_member("ben").get("/desk/work/mine/open/").context["changes_url"]

    case.assign(by=town.lea, to=town.ben)

    assert as_member("ben").get(url).json()["sentence"] == "1 new case has come in."


def test_a_row_one_may_not_see_any_more_says_nothing(as_member, town, page):
    other = town.case("Quiet", is_confidential=True)
    page["case"].take(by=town.ben)

    answer = as_member("ada").get(f"{page['url']},{other.pk}.1,nonsense,1.2.3").json()

    assert str(other.pk) not in answer["changed"]


def test_the_page_of_a_case_tells_what_others_did_to_it(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    address = f"/desk/changes/{case.reference}?event={newest_event()}"

    case.note(by=town.ada, text="My own note.")
    assert as_member("ada").get(address).json() == {"sentence": ""}
    case.note(by=town.ben, text="Secret words.")

    assert as_member("ada").get(address).json() == {"sentence": "Something newer arrived (Ben Okafor)."}
    assert as_member("otto").get(address).status_code == 404


def test_the_page_of_a_case_asks_from_where_it_was_drawn(as_member, town):
    case = town.case("Lamp", assignee=town.ada)

    content = as_member("ada").get(f"/desk/cases/{case.reference}/").content.decode()

    assert f"/desk/changes/{case.reference}?event=" in content


def test_asking_costs_little_even_when_much_happened(as_member, town, page, queries):
    for number in range(5):
        town.case(f"Lamp {number}")
    ada = as_member("ada")

    with queries() as asked:
        ada.get(page["url"])

    assert len(asked) <= 9, "\n".join(asked)


def test_single_keys_are_switched_off_for_one_person(as_member, town):
    ada = as_member("ada")
    assert 'data-keys="on"' in ada.get("/desk/").content.decode()

    ada.post("/desk/keys/", {"keys": "off"})

    assert 'data-keys="off"' in ada.get("/desk/").content.decode()
    assert 'data-keys="on"' in as_member("ben").get("/desk/").content.decode()
    assert "Switch the single letters on" in ada.get("/desk/keys/").content.decode()
