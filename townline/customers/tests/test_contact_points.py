"""How a customer is reached: several ways, each with its history; what went to one keeps saying where it went."""

import pytest
from django.db import IntegrityError, transaction

from townline.cases.models import Case
from townline.channels.models import Mail
from townline.core.refusals import NotPossible
from townline.customers.models import ContactPoint, Customer


def test_another_number_is_kept_by_its_international_form(town):
    point = town.rivera.add_point(by=town.rita, kind="phone", value="(905) 555-0188")

    assert (point.value, point.key) == ("(905) 555-0188", "+19055550188")
    assert list(Customer.objects.reached_at("phone", "905.555.0188")) == [town.rivera]
    event = town.rivera.events.get(name="customer.point_added")
    assert event.details == {"point": point.pk}


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [("phone", "12", "area code"), ("mail", "   ", "Enter"), ("email", "Elena.Rivera@example.org", "already")],
)
def test_what_is_no_way_to_reach_them_or_known_already_is_refused(town, kind, value, why):
    with pytest.raises(NotPossible, match=why):
        town.rivera.add_point(by=town.rita, kind=kind, value=value)


def test_a_corrected_address_is_where_open_cases_are_answered_and_old_mail_says_where_it_went(town, work):
    case = town.case("Lamp", assignee=town.ada)
    case.message(by=town.ada, text="To the first address.")
    work()
    new = town.rivera_email.correct(by=town.rita, value="elena@example.net")
    newest = new.correct(by=town.rita, value="elena.r@example.net")
    Case.objects.get(pk=case.pk).message(by=town.ada, text="To the new one.")
    work()

    went = list(Mail.objects.filter(purpose="message").order_by("id").values_list("contact_point__value", flat=True))
    assert went == ["elena.rivera@example.org", "elena.r@example.net"]
    town.rivera_email.refresh_from_db()
    assert (town.rivera_email.status, town.rivera_email.replaced_by) == ("retired", newest)
    assert town.rivera_email.events.get().details == {"to": new.pk}


def test_a_retired_address_finds_nobody_and_proves_nothing(town, client):
    case = town.case("Lamp")
    town.rivera_email.retire(by=town.rita)

    page = client.post("/track/", {"reference": case.reference, "proof": "elena.rivera@example.org"})

    assert page.status_code == 200
    assert not Customer.objects.reached_at("email", "elena.rivera@example.org").exists()


def test_one_is_used_first(town):
    phone = town.rivera.add_point(by=town.rita, kind="phone", value="905-555-0188")
    town.rivera_email.choose(by=town.rita)

    phone.choose(by=town.rita)

    assert list(town.rivera.contact_points.filter(is_preferred=True)) == [phone]
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPoint.objects.filter(pk=town.rivera_email.pk).update(is_preferred=True)


def test_one_that_is_given_again_is_taken_up_again(town):
    town.rivera_email.retire(by=town.rita)

    point = town.rivera.add_point(by=town.rita, kind="email", value="elena.rivera@example.org")

    assert point == town.rivera_email
    assert point.status == "active"


def test_what_is_put_away_is_neither_chosen_nor_confirmed(town):
    town.rivera_email.retire(by=town.rita)

    for verb in (town.rivera_email.choose, town.rivera_email.retire):
        with pytest.raises(NotPossible, match="no longer used"):
            verb(by=town.rita)


def test_the_way_they_prefer_is_where_a_case_without_a_new_address_is_answered(town):
    phone = town.rivera.add_point(by=town.rita, kind="phone", value="905-555-0188")
    phone.choose(by=town.rita)

    assert next(iter(town.rivera.points_in_use().values())) == phone


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("correct", {"value": "e.rivera@example.org"}),
        ("verify", {"how": "called"}),
        ("choose", {}),
        ("retire", {}),
    ],
)
@pytest.mark.parametrize(("who", "status"), [("rita", 302), ("lea", 302), ("ada", 403), ("dana", 404), ("ines", 404)])
def test_who_may_change_a_contact_point(as_member, town, verb, typed, who, status):
    response = as_member(who).post(f"/desk/contact-points/{town.rivera_email.pk}/{verb}/", typed)

    assert response.status_code == status


def test_an_address_that_is_none_comes_back_with_what_was_typed(as_member, town):
    page = as_member("rita").post(
        f"/desk/contact-points/{town.rivera_email.pk}/correct/", {"value": "elena at example"}
    ).content.decode()  # fmt: skip

    assert "elena at example" in page
    assert "Enter a valid email address" in page


def test_the_customers_page_shows_them_with_their_history(as_member, town):
    town.rivera_email.correct(by=town.rita, value="elena@example.net")

    page = as_member("rita").get(f"/desk/customers/{town.rivera.pk}/").content.decode()

    assert "now elena@example.net" in page


def test_by_the_interface(call, town):
    made = call("rita", f"customers/{town.rivera.pk}/add_point", kind="phone", value="905-555-0188")

    assert made.json()["kind"] == "phone"
    assert call("rita", f"customers/{town.rivera.pk}/contact-points", method="get").json()[1]["value"] == "905-555-0188"
    assert call("rita", f"customers/contact-points/{made.json()['id']}/retire").json()["status"] == "retired"
    assert call("rita", f"customers/contact-points/{made.json()['id']}/correct", value="x").status_code == 409
    assert call("ada", f"customers/{town.rivera.pk}/add_point", kind="phone", value="905-555-0111").status_code == 403
    assert call("dana", f"customers/{town.rivera.pk}/contact-points", method="get").status_code == 403
