"""Saved views: a list with filters and an order, under a name."""

import pytest

from townline.core.refusals import NotPossible
from townline.desk.models import SavedView
from townline.desk.seeing import COUNTED


@pytest.fixture
def roads_by_phone(town):
    """Ada's view of what came to Roads by phone."""
    return SavedView.keep(
        by=town.ada, name="By phone", whose="department", which="open", department=town.roads, order="newest",
        filters={"channel": "phone"},
    )  # fmt: skip


def references(response):
    return [case.reference for case in response.context["page"].rows]


def test_a_list_is_saved_with_its_filters_and_order_and_opens_by_its_address(as_member, town):
    first, second = town.case("Lamp"), town.case("Sign")
    town.case("Other lamp")
    ada = as_member("ada")

    made = ada.post(
        "/desk/views/new/",
        {
            "whose": "department",
            "which": "open",
            "code": "roads",
            "channel": "phone",
            "order": "newest",
            "name": "Phone",
        },
    )
    page = ada.get(made.url)

    assert page.status_code == 200
    assert references(page)[1:] == [second.reference, first.reference]
    assert page.context["saved"].filters == {"channel": "phone"}
    assert town.ada.saved_views.get().events.get().name == "savedview.kept"


def test_a_view_stands_beside_the_lists_with_its_count(as_member, town, roads_by_phone):
    town.case("Lamp")

    beside = as_member("ada").get("/desk/work/mine/open/").context["views"]

    assert [(one["view"].name, one["count"], one["is_more"]) for one in beside] == [("By phone", 1, False)]


def test_ten_views_are_counted_and_the_others_stand_there_without_a_number(as_member, town):
    for number in range(COUNTED + 2):
        SavedView.keep(by=town.ada, name=f"View {number:02}", whose="mine", which="open")

    beside = as_member("ada").get("/desk/").context["views"]

    assert [one["count"] for one in beside] == [0] * COUNTED + [None, None]


def test_a_shared_view_shows_each_reader_what_they_may_see_and_no_more(as_member, town):
    lamp, noise = town.case("Lamp"), town.case("Noise", service=town.noise)
    view = SavedView.keep(by=town.rita, name="Everything", whose="all", which="newest")
    view.share(by=town.rita, sharing="everybody")

    assert references(as_member("dana").get(f"/desk/views/{view.pk}/")) == [noise.reference, lamp.reference]
    assert as_member("ada").get(f"/desk/views/{view.pk}/").status_code == 404
    assert as_member("ada").get("/desk/").context["views"] == []


def test_my_cases_in_a_shared_view_are_those_of_the_reader(as_member, town):
    hers, his = town.case("Lamp", assignee=town.ada), town.case("Sign", assignee=town.ben)
    view = SavedView.keep(by=town.ada, name="Mine", whose="mine", which="open")
    view.share(by=town.ada, sharing="department", shared_with=town.roads)

    assert references(as_member("ada").get(f"/desk/views/{view.pk}/")) == [hers.reference]
    assert references(as_member("ben").get(f"/desk/views/{view.pk}/")) == [his.reference]


@pytest.mark.parametrize(
    ("sharing", "seen"),
    [("nobody", {"ada"}), ("department", {"ada", "ben", "lea"}), ("everybody", {"ada", "ben", "lea", "rita"})],
)
def test_who_can_open_a_view(as_member, town, roads_by_phone, sharing, seen):
    roads_by_phone.share(by=town.ada, sharing=sharing, shared_with=town.roads)

    staff = ("ada", "ben", "lea", "otto", "rita")
    answers = {who for who in staff if as_member(who).get(f"/desk/views/{roads_by_phone.pk}/").status_code == 200}

    assert answers == seen


def test_a_view_is_shared_with_a_department_one_works_for(as_member, town, roads_by_phone):
    with pytest.raises(NotPossible, match="work for"):
        roads_by_phone.share(by=town.ada, sharing="department", shared_with=town.bylaw)

    page = as_member("ada").post(f"/desk/views/{roads_by_phone.pk}/share/", {"sharing": "department"})

    assert "Choose the department." in page.content.decode()
    roads_by_phone.refresh_from_db()
    assert roads_by_phone.sharing == "nobody"


def test_a_retired_view_is_gone_for_everybody_and_comes_back_for_its_owner(as_member, town, roads_by_phone):
    roads_by_phone.share(by=town.ada, sharing="everybody")
    address = f"/desk/views/{roads_by_phone.pk}/"

    as_member("ada").post(f"{address}retire/")

    assert as_member("ben").get(address).status_code == 404
    assert as_member("ada").get(address).status_code == 404
    assert "Bring back" in as_member("ada").get("/desk/views/").content.decode()
    as_member("ada").post(f"{address}restore/")
    assert as_member("ben").get(address).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("ada", 302), ("lea", 302), ("ben", 403), ("otto", 404)])
def test_who_may_retire_what_is_shared_with_a_department(as_member, town, roads_by_phone, who, status):
    roads_by_phone.share(by=town.ada, sharing="department", shared_with=town.roads)

    assert as_member(who).post(f"/desk/views/{roads_by_phone.pk}/retire/").status_code == status


def test_the_desk_begins_with_the_view_that_somebody_put_first(as_member, town, roads_by_phone):
    ada = as_member("ada")

    ada.post(f"/desk/views/{roads_by_phone.pk}/put_first/")
    assert ada.get("/desk/").url == f"/desk/views/{roads_by_phone.pk}/"
    assert as_member("ben").get("/desk/").status_code == 200

    ada.post(f"/desk/views/{roads_by_phone.pk}/put_back/")
    assert ada.get("/desk/").status_code == 200
    with pytest.raises(NotPossible, match="does not begin"):
        roads_by_phone.put_back(by=town.ada)


def test_a_filter_that_no_longer_fits_is_said(as_member, town, roads_by_phone):
    roads_by_phone.filters = {"service": "gone"}
    roads_by_phone.save()

    assert "no longer fits" in as_member("ada").get(f"/desk/views/{roads_by_phone.pk}/").content.decode()


def test_a_view_gets_a_new_name(as_member, town, roads_by_phone):
    response = as_member("ada").post(f"/desk/views/{roads_by_phone.pk}/rename/", {"name": "Calls"})

    assert response.status_code == 302
    roads_by_phone.refresh_from_db()
    assert (roads_by_phone.name, roads_by_phone.sort_key) == ("Calls", "calls")


def test_many_views_are_no_more_questions(as_member, town, queries, roads_by_phone):
    ada = as_member("ada")
    with queries() as before:
        ada.get("/desk/work/mine/open/")

    for number in range(20):
        SavedView.keep(by=town.ada, name=f"View {number}", whose="department", which="open", department=town.roads)
    with queries() as after:
        ada.get("/desk/work/mine/open/")

    assert len(before) == len(after) <= 12


def test_the_hundredth_view_is_the_last(town, monkeypatch):
    monkeypatch.setattr("townline.desk.models.saved.MOST", 1)
    SavedView.keep(by=town.ada, name="One", whose="mine", which="open")

    with pytest.raises(NotPossible, match="Retire one"):
        SavedView.keep(by=town.ada, name="Two", whose="mine", which="open")
