"""What a customer prefers: kept with the account, and told to what we know of the customer."""

import pytest

from townline.accounts.models import User
from townline.customers.models import Customer


@pytest.fixture
def rivera(town):
    """Mrs. Rivera's account."""
    user = User.objects.create_user("elena.rivera@example.org", name="Elena Rivera")
    Customer.objects.filter(pk=town.rivera.pk).update(account=user)
    return user


def test_a_name_and_a_language_are_saved_and_shown_in_that_language(client, rivera, town):
    client.force_login(rivera)

    response = client.post("/account/preferences/", {"name": "Elena M. Rivera", "language": "fr"})

    rivera.refresh_from_db()
    town.rivera.refresh_from_db()
    assert response.url == "/fr/account/preferences/"
    assert (rivera.name, rivera.language) == ("Elena M. Rivera", "fr")
    assert town.rivera.name == "Elena M. Rivera"
    assert rivera.events.get().name == "user.preferred"


def test_a_name_never_enters_an_event(client, rivera):
    client.force_login(rivera)

    client.post("/account/preferences/", {"name": "Elena M. Rivera", "language": "fr"})

    assert rivera.events.get().details == {"language": "fr"}


def test_the_page_leads_to_how_they_sign_in(client, rivera):
    client.force_login(rivera)

    page = client.get("/account/preferences/").content.decode()

    assert "/sign-in/2fa/" in page
    assert client.get("/sign-in/2fa/").status_code == 200


def test_a_language_that_we_do_not_speak_is_refused(client, rivera):
    client.force_login(rivera)

    response = client.post("/account/preferences/", {"name": "Elena", "language": "de"})

    assert response.status_code == 200
    assert User.objects.get(pk=rivera.pk).language == "en"
