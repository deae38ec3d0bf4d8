import pytest

from townline.timeline.models import Event


def opened(customer):
    return Event.objects.filter(name="customer.opened", subject_id=customer.pk)


def test_a_customers_page_shows_how_to_reach_them_and_what_they_asked(as_member, town):
    case = town.case("Broken street lamp")

    page = as_member("rita").get(f"/desk/customers/{town.rivera.pk}/").content.decode()

    assert "elena.rivera@example.org" in page
    assert case.reference in page
    assert "A case was raised" in page


def test_opening_a_customers_page_leaves_who_did(as_member, town):
    as_member("rita").get(f"/desk/customers/{town.rivera.pk}/")

    event = opened(town.rivera).get()
    assert event.by == town.rita
    assert event.details == {}


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 200), ("ben", 200), ("lea", 200), ("otto", 200), ("rita", 200), ("dana", 403), ("ines", 404)],
)
def test_who_may_open_a_customers_page(as_member, town, who, status):
    response = as_member(who).get(f"/desk/customers/{town.rivera.pk}/")

    assert response.status_code == status
    assert opened(town.rivera).count() == (1 if status == 200 else 0)


def test_only_the_cases_that_one_may_see_are_on_the_page(as_member, town):
    ours, theirs = town.case("Lamp"), town.case("Noise", service=town.noise)

    page = as_member("otto").get(f"/desk/customers/{town.rivera.pk}/").content.decode()

    assert theirs.reference in page
    assert ours.reference not in page


def test_correcting_a_name_leaves_an_event_without_the_name(as_member, town):
    response = as_member("rita").post(f"/desk/customers/{town.rivera.pk}/rename/", {"name": "Élena Rivera-Díaz"})

    assert response.status_code == 302
    town.rivera.refresh_from_db()
    assert town.rivera.name == "Élena Rivera-Díaz"
    assert town.rivera.sort_key == "elena rivera-diaz"
    event = Event.objects.get(name="customer.renamed")
    assert event.by == town.rita
    assert event.details == {}


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 403), ("ben", 403), ("lea", 302), ("otto", 403), ("rita", 302), ("dana", 403), ("ines", 404)],
)
def test_who_may_correct_a_name(as_member, town, who, status):
    response = as_member(who).post(f"/desk/customers/{town.rivera.pk}/rename/", {"name": "Elena"})

    assert response.status_code == status


def test_an_empty_name_comes_back(as_member, town):
    response = as_member("rita").post(f"/desk/customers/{town.rivera.pk}/rename/", {"name": "  "})

    assert response.status_code == 200
    town.rivera.refresh_from_db()
    assert town.rivera.name == "Elena Rivera"


def test_by_the_interface(call, town):
    assert call("rita", f"customers/{town.rivera.pk}/open").json()["name"] == "Elena Rivera"
    assert opened(town.rivera).count() == 1
    assert call("rita", f"customers/{town.rivera.pk}/rename", name="Elena R.").json()["name"] == "Elena R."
    assert call("ada", f"customers/{town.rivera.pk}/rename", name="Elena").status_code == 403
    assert call("dana", f"customers/{town.rivera.pk}/open").status_code == 403
