"""Hearing of what others have reported, following it, and writing on it: nothing of anybody crosses."""

import pytest

from townline.cases.intake import Contact, Matter, Place, take_in
from townline.cases.models import Case, Follower
from townline.catalogue.models import Service
from townline.channels.models import Mail
from townline.portal.tests.walking import begin, text_of

FIRST = Contact(name="Quenby Firstcanary", email="firstcanary@example.org", phone="905-555-0147")


@pytest.fixture
def shared(pothole):
    pothole.shares = Service.Shares.PLACE
    pothole.save()
    return pothole


@pytest.fixture
def known(town, shared):
    """What somebody else reported."""
    matter = Matter(shared, place=Place("12 Main Street"), summary="canarywords of the first")
    case = take_in(matter, by=town.rita, channel="phone", contact=FIRST)
    case.take(by=town.ada)
    return case


def near_step(client, service, place="12 Main St."):
    at = begin(client, service)
    return at, client.post(f"{at}/where/", {"label": place})


def choose(client, at):
    page = client.get(f"{at}/near/")
    token = page.context["asking"].nearby[0].token
    return client.post(f"{at}/near/", {"which": token})


def join(client, service, **typed):
    at, _response = near_step(client, service)
    choose(client, at)
    return at, client.post(f"{at}/follow/", {"words": "secondcanary words", "email": "second@example.org"} | typed)


def test_before_reporting_one_hears_what_others_have_reported(client, shared, known):
    at, response = near_step(client, shared)
    page = text_of(client.get(response["Location"]))

    assert response["Location"] == f"{at}/near/"
    assert "Is it one of these?" in page
    assert "12 Main Street" in page
    assert "Somebody is working on it." in page


def test_nothing_of_the_first_customer_is_shown(client, shared, known):
    at, response = near_step(client, shared)
    choose(client, at)
    pages = text_of(client.get(response["Location"])) + text_of(client.get(f"{at}/follow/"))

    assert "canary" not in pages.lower()
    assert "905-555-0147" not in pages
    assert known.reference not in pages


def test_where_nobody_has_reported_anything_there_is_no_such_step(client, shared, known):
    at, response = near_step(client, shared, "99 Other Road")

    assert response["Location"] == f"{at}/q-what/"


def test_a_service_that_shares_nothing_shows_nothing(client, pothole, town):
    take_in(Matter(pothole, place=Place("12 Main Street")), by=town.rita, channel="phone", contact=FIRST)

    at, response = near_step(client, pothole)

    assert response["Location"] == f"{at}/q-what/"
    assert client.get(f"{at}/near/").status_code == 302


def test_whose_matter_is_another_goes_on_and_finds_that_chosen(client, shared, known):
    at, _response = near_step(client, shared)

    response = client.post(f"{at}/near/", {"which": "other"})
    assert response["Location"] == f"{at}/q-what/"
    assert client.get(f"{at}/near/").context["form"]["which"].value() == "other"


def test_a_new_place_is_asked_about_anew(client, shared, known, town):
    take_in(Matter(shared, place=Place("5 King Street")), by=town.rita, channel="phone", contact=FIRST)
    at, _response = near_step(client, shared)
    client.post(f"{at}/near/", {"which": "other"})

    assert client.post(f"{at}/where/", {"label": "5 King St."})["Location"] == f"{at}/near/"


def test_nothing_chosen_is_a_sentence(client, shared, known):
    at, _response = near_step(client, shared)

    assert "Choose one of them" in text_of(client.post(f"{at}/near/", {}))
    assert "Choose one of those" in text_of(client.post(f"{at}/near/", {"which": "made-up"}))


def test_following_makes_no_case_and_one_follower(client, shared, known):
    at, response = join(client, shared)
    again = client.post(f"{at}/follow/", {"email": "second@example.org"})
    done = text_of(client.get(response["Location"]))

    assert Case.objects.count() == 1
    assert Follower.objects.get().interaction.summary == "secondcanary words"
    assert response["Location"] == again["Location"] == f"{at}/done/"
    assert known.reference in done
    assert "second@example.org" in done


def test_following_needs_an_address_and_loses_nothing(client, shared, known):
    at, _response = near_step(client, shared)
    choose(client, at)

    page = text_of(client.post(f"{at}/follow/", {"words": "Kept words", "email": ""}))

    assert "Enter your e-mail address" in page
    assert "Kept words" in page


def test_what_was_closed_meanwhile_is_not_followed(client, shared, known, town):
    at, _response = near_step(client, shared)
    choose(client, at)
    known.close(by=town.ada, outcome="done", words="Done.")

    response = client.post(f"{at}/follow/", {"email": "second@example.org"})

    assert response["Location"] == f"{at}/near/"
    assert not Follower.objects.exists()


def test_a_follower_sees_how_it_stands_their_own_words_and_nothing_else(client, shared, known, town, work):
    join(client, shared)
    known.message(by=town.ada, text="Firstcanary, please call.")
    known.message(by=town.ada, text="The crew comes.", for_followers=True)
    known.add(by=town.system, text="firstcanary answer")

    page = text_of(client.get(f"/track/{known.reference}/"))

    assert "You follow this" in page
    assert "secondcanary words" in page
    assert "The crew comes." in page
    assert "firstcanary" not in page.lower()
    assert "905-555-0147" not in page


def test_the_customer_sees_nothing_of_the_followers(client, shared, known, town):
    join(client, shared, name="Secondcanary")
    known.contact(by=town.rita, channel="phone", text="x", customer=Follower.objects.get().customer)
    browser = type(client)()
    browser.post("/track/", {"reference": known.reference, "proof": FIRST.email})

    page = text_of(browser.get(f"/track/{known.reference}/"))

    assert "What has happened" in page
    assert "secondcanary" not in page.lower()
    assert "second@example.org" not in page
    assert "We heard from you again" not in page


def test_the_link_in_the_mail_opens_the_page_and_changes_nothing(client, shared, known, work):
    join(client, shared)
    work()
    body = Mail.objects.get(purpose="follower").body
    link = next(line for line in body.splitlines() if "/track/f/" in line).split("example.org")[-1]
    browser = type(client)()

    response = browser.get(link[link.index("/track/f/") :])

    assert response["Location"] == f"/track/{known.reference}/"
    assert "You follow this" in text_of(browser.get(response["Location"]))
    assert Follower.objects.live().exists()


def test_reference_and_their_own_address_let_a_follower_in(client, shared, known):
    join(client, shared)
    browser = type(client)()

    response = browser.post("/track/", {"reference": known.reference, "proof": "Second@example.org"})

    assert "You follow this" in text_of(browser.get(response["Location"]))


def test_a_follower_adds_something_of_their_own(client, shared, known):
    join(client, shared)

    response = client.post(f"/track/{known.reference}/add/", {"text": "It has grown."})

    assert response["Location"] == f"/track/{known.reference}/"
    assert "It has grown." in text_of(client.get(response["Location"]))
    assert not known.messages.exists()


def test_a_follower_stops(client, shared, known):
    join(client, shared)

    client.post(f"/track/{known.reference}/unfollow/")

    assert not Follower.objects.live().exists()
    assert client.get(f"/track/{known.reference}/").status_code == 302


def test_my_requests_list_what_i_follow(client, shared, known, rivera):
    client.force_login(rivera)
    join(client, shared, email=rivera.email)

    page = text_of(client.get("/account/"))

    assert "What you follow" in page
    assert known.reference in page


def test_a_follower_of_what_became_confidential_sees_nothing(client, shared, known):
    join(client, shared)
    Case.objects.update(is_confidential=True)

    assert client.get(f"/track/{known.reference}/").status_code == 302
