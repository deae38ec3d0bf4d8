from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import Case, CaseAccess


def references(response):
    return [case.reference for case in response.context["page"].rows]


def test_the_first_list_is_ones_own_soonest_due_first(as_member, town):
    later = town.case("Lamp", assignee=town.ada)
    sooner = town.case("Lamp", assignee=town.ada, received_at=timezone.now() - timedelta(days=20))
    town.case("Somebody else's", assignee=town.ben)

    response = as_member("ada").get("/desk/")

    assert references(response) == [sooner.reference, later.reference]


def test_the_lists_of_a_department_hold_what_their_names_say(as_member, town):
    late = town.case("Late", assignee=town.ada, received_at=timezone.now() - timedelta(days=60))
    nobodys = town.case("Nobody's")
    closed = town.case("Closed", assignee=town.ada)
    closed.close(by=town.ada, outcome="done", words="Done.")
    ada = as_member("ada")

    def held(which):
        return references(ada.get(f"/desk/work/department/roads/{which}/"))

    assert held("open") == [late.reference, nobodys.reference]
    assert held("unassigned") == [nobodys.reference]
    assert held("overdue") == [late.reference]
    assert held("closed") == [closed.reference]


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("ada", "/desk/work/mine/open/", 200),
        ("ada", "/desk/work/department/roads/open/", 200),
        ("ada", "/desk/work/department/bylaw/open/", 404),
        ("ada", "/desk/work/all/newest/", 404),
        ("otto", "/desk/work/department/roads/open/", 404),
        ("otto", "/desk/work/department/bylaw/closed/", 200),
        ("rita", "/desk/work/department/roads/open/", 200),
        ("rita", "/desk/work/all/newest/", 200),
        ("dana", "/desk/work/all/newest/", 200),
        ("dana", "/desk/work/mine/open/", 404),
        ("ines", "/desk/work/mine/open/", 404),
        ("ines", "/desk/work/all/newest/", 404),
        ("rita", "/desk/work/department/roads/newest/", 404),
        ("rita", "/desk/work/nobody/open/", 404),
    ],
)
def test_who_may_see_which_list(as_member, who, address, status):
    assert as_member(who).get(address).status_code == status


def test_somebody_who_reads_no_cases_is_told_so(as_member):
    response = as_member("ines").get("/desk/")

    assert response.status_code == 200
    assert "You work on no cases" in response.content.decode()


def test_a_confidential_case_is_in_the_list_of_those_with_access_only(as_member, town):
    case = town.case("Quiet matter", is_confidential=True)
    CaseAccess.objects.create(case=case, user=town.lea)

    assert references(as_member("rita").get("/desk/work/all/newest/")) == []
    assert references(as_member("ada").get("/desk/work/department/roads/open/")) == []
    assert references(as_member("lea").get("/desk/work/department/roads/open/")) == [case.reference]


def test_filters_combine(as_member, town):
    wanted = town.case("Lamp", assignee=town.ada)
    town.case("Lamp")
    town.case("Noise", service=town.noise)

    response = as_member("rita").get("/desk/work/all/newest/?status=open&service=pothole&channel=phone&kind=")

    assert references(response) == [wanted.reference]


def test_a_filter_that_is_no_choice_is_not_asked(as_member, town):
    case = town.case("Lamp")

    response = as_member("ada").get(
        "/desk/work/department/roads/open/?status=%27;drop&service=nothing&assignee__email=x&after=nonsense"
    )

    assert references(response) == [case.reference]


def test_a_long_list_goes_on_where_it_stopped(as_member, town):
    made = [town.case(f"Lamp {number}") for number in range(53)]
    ada = as_member("ada")

    first = ada.get("/desk/work/department/roads/open/?channel=phone")
    second = ada.get("/desk/work/department/roads/open/" + first.context["next_url"])

    assert len(references(first)) == 50
    assert len(references(second)) == 3
    assert set(references(first) + references(second)) == {case.reference for case in made}
    assert second.context["next_url"] == ""
    assert "channel=phone" in first.context["next_url"]


def test_cases_of_the_same_moment_are_neither_lost_nor_shown_twice(as_member, town):
    made = [town.case(f"Lamp {number}") for number in range(52)]
    Case.objects.update(received_at=timezone.now())
    rita = as_member("rita")

    first = rita.get("/desk/work/all/newest/")
    second = rita.get("/desk/work/all/newest/" + first.context["next_url"])

    assert references(first) + references(second) == [case.reference for case in reversed(made)]


def test_counts_are_capped(as_member, town):
    case = town.case("Lamp")
    fields = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields if field.name != "id"}
    Case.objects.bulk_create(Case(**{**fields, "reference": f"TV-{number}"}) for number in range(120))

    page = as_member("ada").get("/desk/").content.decode()

    assert "100+" in page
    assert ">121<" not in page


def test_an_empty_list_teaches(as_member, town):
    ada = as_member("ada")

    assert "You have no cases" in ada.get("/desk/work/mine/open/").content.decode()
    assert "Nothing is late" in ada.get("/desk/work/department/roads/overdue/").content.decode()
    assert "No case fits these filters" in ada.get("/desk/work/mine/open/?channel=fax").content.decode()


def test_names_of_customers_are_for_those_who_may_know_them(as_member, town):
    town.case("Lamp")
    town.roles["deputy_clerk"].grants = ["case.read", "case.read_all"]
    town.roles["deputy_clerk"].save()

    assert "Elena Rivera" in as_member("rita").get("/desk/work/all/newest/").content.decode()
    assert "Elena Rivera" not in as_member("dana").get("/desk/work/all/newest/").content.decode()


def test_a_page_learns_what_has_come_in_since_it_was_drawn(as_member, town):
    ada = as_member("ada")
    address = ada.get("/desk/work/department/roads/open/").context["changes_url"]

    assert ada.get(address).json()["sentence"] == ""

    town.case("Lamp")
    town.case("Noise", service=town.noise)

    assert ada.get(address).json()["sentence"] == "1 new case has come in."


def test_nobody_learns_what_comes_into_a_list_they_may_not_see(as_member, town):
    assert as_member("otto").get("/desk/changes?after=0&whose=department&which=open&code=roads").status_code == 404
    assert as_member("ada").get("/desk/changes?after=0").status_code == 404


def test_the_question_for_changes_is_small(as_member, town, queries):
    ada = as_member("ada")

    with queries() as asked:
        ada.get("/desk/changes?after=0&whose=department&which=open&code=roads")

    assert len(asked) <= 8


@pytest.mark.parametrize("who", ["ada", "rita", "lea", "dana"])
def test_the_list_asks_at_most_twelve_questions_however_long_it_is(as_member, town, queries, who):
    browser = as_member(who)
    town.case("Lamp")
    with queries() as before:
        browser.get("/desk/work/department/roads/open/" if who != "dana" else "/desk/work/all/newest/")

    for number in range(20):
        town.case(f"Lamp {number}", assignee=town.ada if number % 2 else None)
    with queries() as after:
        browser.get("/desk/work/department/roads/open/" if who != "dana" else "/desk/work/all/newest/")

    assert len(after) <= 12, "\n".join(after)
    assert len(after) == len(before)
