"""A name and a language: each for themselves."""

import pytest

from townline.accounts.models import User


def test_the_desks_language_is_changed_with_one_press_and_stays(as_member, town):
    browser = as_member("ada")

    response = browser.post("/desk/language/fr/", {"next": "/desk/?view=mine"})

    assert response.url == "/desk/?view=mine"
    assert User.objects.get(pk=town.ada.pk).language == "fr"
    assert '<html lang="fr">' in browser.get("/desk/").content.decode()


def test_a_page_of_the_desk_offers_the_other_language_as_a_form(as_member):
    page = as_member("ada").get("/desk/").content.decode()

    assert 'action="/desk/language/fr/"' in page
    assert 'name="next" value="/desk/"' in page


@pytest.mark.parametrize("target", ["https://evil.example/desk/", "//evil.example/desk/", "/account/"])
def test_changing_the_language_leads_nowhere_else(as_member, target):
    response = as_member("ada").post("/desk/language/fr/", {"next": target})

    assert response.url == "/desk/"


def test_there_is_no_third_language(as_member):
    assert as_member("ada").post("/desk/language/de/").status_code == 404


def test_a_link_alone_changes_nothing(as_member, town):
    assert as_member("ada").get("/desk/language/fr/").status_code == 405


def test_preferring_what_is_so_already_leaves_no_event(marie):
    marie.prefer(by=marie, name="Marie Tremblay", language="fr")
    marie.prefer(by=marie, language="en")

    assert [event.details for event in marie.events] == [{"language": "en"}]
