"""A customer typed twice: shown first, previewed, standing together, and taken apart again without a loss."""

import pytest
from allauth.account.models import EmailAddress

from townline.accounts.models import User
from townline.cases.intake import Contact
from townline.cases.models import Case
from townline.core.refusals import NotPossible
from townline.customers.models import ContactPoint, Customer


@pytest.fixture
def twin(town):
    """Mrs. Rivera, typed a second time with another number."""
    made = Customer.objects.create(name="Elena Rivera", language="fr", way="phone")
    made.contact_points.create(kind="phone", value="905-555-0188")
    return made


@pytest.fixture
def theirs(town, twin):
    """A case that came in under the second record."""
    case = town.case("Second lamp", contact=Contact(name="Elena Rivera", phone="905-555-0188"))
    assert case.customer == twin
    return case


def row(record):
    return list(type(record).objects.filter(pk=record.pk).values())


def test_whoever_fits_is_shown_before_somebody_new_is_made(as_member, town):
    typed = {"name": "Elena Rivera", "channel": "phone", "language": "en", "service": "pothole", "place": "Main Street",
             "draft": "b" * 22, "do": "raise"}  # fmt: skip

    page = as_member("rita").post("/desk/interactions/new/", typed).content.decode()

    assert "Choose who it is" in page
    assert not Case.objects.exists()


def test_merged_everything_is_shown_together_and_no_row_has_moved(as_member, town, twin, theirs):
    ours = town.case("First lamp")
    before = row(theirs), row(ours), list(ContactPoint.objects.order_by("pk").values())

    twin.merge(by=town.rita, into=town.rivera)

    page = as_member("rita").get(f"/desk/customers/{town.rivera.pk}/").content.decode()
    assert ours.reference in page
    assert theirs.reference in page
    assert "905-555-0188" in page
    assert (row(theirs), row(ours), list(ContactPoint.objects.order_by("pk").values())) == before
    assert as_member("rita").get(f"/desk/customers/{twin.pk}/").url == f"/desk/customers/{town.rivera.pk}/"


def test_the_case_the_search_and_the_next_call_find_the_one_that_stands(as_member, town, twin, theirs):
    twin.merge(by=town.rita, into=town.rivera)
    rita = as_member("rita")

    rita.post("/desk/search/", {"q": "905 555 0188"})

    assert f"/desk/customers/{town.rivera.pk}/" in rita.get("/desk/search/").content.decode()
    assert "elena.rivera@example.org" in rita.get(theirs.get_absolute_url()).content.decode()
    again = town.case("Third lamp", contact=Contact(name="Elena Rivera", phone="905-555-0188"))
    assert again.customer == town.rivera


def test_what_differs_is_chosen_and_goes_back_when_they_are_taken_apart(town, twin):
    twin.merge(by=town.rita, into=town.rivera, chosen={"language": "fr", "way": "phone"})
    town.rivera.refresh_from_db()
    assert (town.rivera.language, town.rivera.way) == ("fr", "phone")
    town.rivera.prefer(by=town.rita, language="fr", way="mail")

    twin.unmerge(by=town.rita)

    town.rivera.refresh_from_db()
    twin.refresh_from_db()
    assert (town.rivera.language, town.rivera.way) == ("en", "mail")
    assert (twin.merged_into, twin.merge_changes) == (None, {})


def test_merged_and_taken_apart_all_is_as_it_was(as_member, town, twin, theirs):
    before = row(twin), row(town.rivera), row(theirs)

    twin.merge(by=town.rita, into=town.rivera, chosen={"name": "E. Rivera", "language": "fr"})
    as_member("rita").post(f"/desk/customers/{twin.pk}/unmerge/")

    assert (row(twin), row(town.rivera), row(theirs)) == before


def test_the_event_says_which_and_nothing_that_was_typed(town, twin):
    twin.merge(by=town.rita, into=town.rivera, chosen={"name": "Elena R."})

    assert twin.events.get().details == {"into": town.rivera.pk}


@pytest.mark.parametrize("which", ["itself", "merged already", "others in it"])
def test_what_cannot_stand_together_is_refused(town, twin, which):
    third = Customer.objects.create(name="E. R.")
    one, into = {
        "itself": lambda: (twin, twin),
        "merged already": lambda: (third.merge(by=town.rita, into=twin), (third, town.rivera))[1],
        "others in it": lambda: (third.merge(by=town.rita, into=twin), (twin, town.rivera))[1],
    }[which]()

    with pytest.raises(NotPossible):
        one.merge(by=town.rita, into=into)


@pytest.fixture
def account(town):
    """Mrs. Rivera's account, with an address she has confirmed."""
    user = User.objects.create_user("elena.rivera@example.org", name="Elena Rivera")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Customer.objects.filter(pk=town.rivera.pk).update(account=user)
    town.rivera.refresh_from_db()
    return user


def test_across_an_account_both_addresses_must_be_confirmed(client, town, twin, theirs, account):
    with pytest.raises(NotPossible, match="Confirm an e-mail address of both"):
        twin.merge(by=town.rita, into=town.rivera)

    twin.add_point(by=town.rita, kind="email", value="elena@example.net").verify(by=town.rita, how="shown")
    twin.merge(by=town.rita, into=town.rivera)
    client.force_login(account)

    assert theirs.reference in client.get("/account/").content.decode()
    twin.unmerge(by=town.rita)
    assert theirs.reference not in client.get("/account/").content.decode()


def test_the_page_shows_both_and_merges_as_chosen(as_member, town, twin, theirs):
    rita = as_member("rita")
    address = f"/desk/customers/{twin.pk}/merge/"

    assert str(town.rivera.pk) in rita.get(address).content.decode()
    preview = rita.get(f"{address}{town.rivera.pk}/").content.decode()
    rita.post(f"{address}{town.rivera.pk}/", {"language": "fr", "way": ""})

    assert theirs.reference in preview
    assert "what shall hold" in preview
    town.rivera.refresh_from_db()
    twin.refresh_from_db()
    assert (twin.merged_into, town.rivera.language) == (town.rivera, "fr")


@pytest.mark.parametrize(("who", "status"), [("rita", 302), ("lea", 302), ("ada", 403), ("dana", 403), ("ines", 404)])
def test_who_may_merge(as_member, town, twin, who, status):
    response = as_member(who).post(f"/desk/customers/{twin.pk}/merge/{town.rivera.pk}/", {"language": "en", "way": ""})

    assert response.status_code == status


def test_a_number_that_is_new_is_kept_with_whoever_was_chosen_and_says_who_learned_it(as_member, town):
    typed = {"customer": town.rivera.pk, "name": "Elena", "phone": "905-555-0199", "channel": "phone", "language": "en",
             "service": "pothole", "place": "Main Street", "draft": "c" * 22}  # fmt: skip
    rita = as_member("rita")
    assert "This is also their number" in rita.post("/desk/interactions/new/", {**typed, "do": "show"}).content.decode()

    rita.post("/desk/interactions/new/", {**typed, "do": "raise"})

    point = town.rivera.contact_points.get(key="+19055550199")
    assert town.rivera.events.get(name="customer.point_added").details == {"point": point.pk}
    assert Case.objects.get().contact_point == point


def test_a_borrowed_phone_is_not_kept(as_member, town):
    typed = {"customer": town.rivera.pk, "name": "Elena", "phone": "905-555-0199", "channel": "phone", "language": "en",
             "service": "pothole", "place": "Main Street", "draft": "d" * 22, "is_borrowed": "on"}  # fmt: skip

    as_member("rita").post("/desk/interactions/new/", {**typed, "do": "raise"})

    assert not town.rivera.contact_points.filter(key="+19055550199").exists()
    assert Case.objects.get().contact_point == town.rivera_email
