"""The list of a member of Council, at the desk and on paper."""

from townline.cases.models import Case
from townline.council.models import Member
from townline.council.tests.doings import inquiry, member
from townline.timeline.models import Event


def test_it_shows_what_was_asked_and_what_is_still_owed(as_member, town):
    who = member(town)
    made = inquiry(town, who=who)

    page = as_member("rita").get(f"/desk/council/{who.code}/").content.decode()

    assert made.case.reference in page
    assert "Still owed" in page


def test_on_paper_nothing_is_said_of_a_constituent(as_member, town):
    who = member(town)
    made = inquiry(town, who=who)

    page = as_member("rita").get(f"/desk/council/{who.code}/print/").content.decode()

    assert made.case.reference in page
    assert "Lopez" not in page
    assert "constituent" not in page.casefold()


def test_a_confidential_case_is_on_neither(as_member, town):
    who = member(town)
    made = inquiry(town, who=who)
    Case.objects.filter(pk=made.case_id).update(is_confidential=True)

    pages = [as_member("rita").get(f"/desk/council/{who.code}/{end}").content.decode() for end in ("", "print/")]

    assert made.case.reference not in "".join(pages)
    assert "No inquiries yet" in pages[0]


def test_it_costs_the_same_however_much_was_asked(as_member, town, django_assert_max_num_queries):
    who = member(town)
    for _number in range(5):
        inquiry(town, who=who)
    rita = as_member("rita")

    with django_assert_max_num_queries(12):
        rita.get(f"/desk/council/{who.code}/")


def test_the_page_of_a_case_says_who_asked_and_costs_no_query_more(as_member, town, django_assert_max_num_queries):
    made = inquiry(town)
    ada = as_member("ada")

    with django_assert_max_num_queries(12):
        page = ada.get(f"/desk/cases/{made.case.reference}/").content.decode()

    assert "Asked by members of Council" in page
    assert "not to be named to the member" in page


def test_who_holds_an_office_is_changed_at_the_desk(as_member, town):
    who = member(town)
    given = {"person": "New Person", "email": "new@council.example", "phone": "", "is_active": "on"}

    as_member("dana").post(f"/desk/council/{who.code}/office/", given)

    who.refresh_from_db()
    assert who.email == "new@council.example"
    assert Event.objects.get(name="member.changed").by == town.dana


def test_an_impossible_number_is_refused_and_kept(as_member, town):
    who = member(town)

    page = as_member("dana").post(f"/desk/council/{who.code}/office/", {"phone": "12", "is_active": "on"})

    assert "such as 905-555-0123" in page.content.decode()
    assert Member.objects.get().phone == ""
