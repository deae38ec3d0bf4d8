"""What a customer needs and prefers: noted once, shown wherever somebody serves them, theirs to change."""

import pytest

from townline.accounts.models import User
from townline.core.refusals import NotPossible
from townline.customers.models import Accommodation, Customer


def test_a_need_is_shown_on_the_customers_page_and_on_the_case(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    town.rivera.accommodate(by=town.rita, kind="interpreter", what_helps="Portuguese")
    town.rivera.prefer(by=town.rita, language="en", way="phone", text_format="large_print")

    for page in (case.get_absolute_url(), f"/desk/customers/{town.rivera.pk}/"):
        shown = as_member("ada").get(page).content.decode()
        assert "An interpreter" in shown
        assert "Portuguese" in shown
        assert "By phone" in shown
        assert "Large print" in shown


def test_an_event_says_which_record_and_never_what_is_needed(town):
    made = town.rivera.accommodate(by=town.rita, kind="relay")

    assert town.rivera.events.get().details == {"accommodation": made.pk}


def test_something_else_must_say_what(town):
    with pytest.raises(NotPossible, match="what helps"):
        town.rivera.accommodate(by=town.rita, kind="other", what_helps=" ")


def test_noted_twice_it_is_noted_once(town):
    town.rivera.accommodate(by=town.rita, kind="relay")

    with pytest.raises(NotPossible, match="already"):
        town.rivera.accommodate(by=town.rita, kind="relay")


def test_ended_it_is_shown_no_more_and_kept(as_member, town):
    need = town.rivera.accommodate(by=town.rita, kind="relay")

    assert as_member("rita").post(f"/desk/accommodations/{need.pk}/end/").status_code == 302

    assert "TTY" not in as_member("rita").get(f"/desk/customers/{town.rivera.pk}/").content.decode()
    assert Accommodation.objects.get().ended_at is not None
    with pytest.raises(NotPossible, match="already"):
        need.end(by=town.rita)


def test_who_does_not_know_customers_sees_no_need_on_the_case(as_member, town):
    case = town.case("Lamp")
    town.rivera.accommodate(by=town.rita, kind="interpreter", what_helps="Portuguese")

    assert "Portuguese" not in as_member("dana").get(case.get_absolute_url()).content.decode()


@pytest.fixture
def rivera(town, client):
    """Mrs. Rivera, signed in on the portal."""
    user = User.objects.create_user("elena.rivera@example.org", name="Elena Rivera")
    Customer.objects.filter(pk=town.rivera.pk).update(account=user)
    client.force_login(user)
    return client


def test_a_customer_sees_and_changes_their_own(rivera, town):
    need = town.rivera.accommodate(by=town.rita, kind="interpreter", what_helps="Portuguese")
    assert "Portuguese" in rivera.get("/account/needs/").content.decode()

    rivera.post("/account/needs/", {"do": "prefer", "language": "en", "way": "phone", "text_format": "braille"})
    rivera.post("/account/needs/", {"do": "accommodate", "kind": "service_animal", "what_helps": ""})
    rivera.post("/account/needs/", {"do": "end", "pk": need.pk})

    town.rivera.refresh_from_db()
    assert (town.rivera.way, town.rivera.text_format) == ("phone", "braille")
    assert [one.kind for one in town.rivera.accommodations.filter(ended_at=None)] == ["service_animal"]


def test_nobody_ends_the_need_of_somebody_else(rivera, town):
    other = Customer.objects.create(name="Jo Dorfmann")
    need = other.accommodate(by=town.rita, kind="relay")

    assert rivera.post("/account/needs/", {"do": "end", "pk": need.pk}).status_code == 404
    need.refresh_from_db()
    assert need.ended_at is None


def test_an_account_that_has_asked_for_nothing_yet_is_noted_from_its_first_need_on(client, town):
    user = User.objects.create_user("new@example.org", name="Nora New")
    client.force_login(user)

    client.post("/account/needs/", {"do": "accommodate", "kind": "large_print", "what_helps": ""})

    customer = Customer.objects.get(account=user)
    assert (customer.name, customer.accommodations.get().kind) == ("Nora New", "large_print")


def test_by_the_interface(call, town):
    address = f"customers/{town.rivera.pk}"

    assert call("rita", f"{address}/prefer", language="fr", way="mail").json()["way"] == "mail"
    assert call("rita", f"{address}/accommodate", kind="relay").json()["kind"] == "relay"
    assert call("rita", f"{address}/accommodations", method="get").json()[0]["kind"] == "relay"
    assert call("ada", f"{address}/prefer", language="fr").status_code == 403
    assert call("dana", f"{address}/accommodations", method="get").status_code == 403
