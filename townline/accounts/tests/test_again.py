"""A form whose sign-in or token has expired gives its text back, and the next press works."""

import re

import pytest
from django.test import Client

TYPED = {"name": "Maïté O'Brien <b>", "language": "fr"}


@pytest.fixture
def strict():
    """A browser that must show its tokens."""
    return Client(enforce_csrf_checks=True)


def token_of(response):
    """The token of the form on a page."""
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]


def test_a_form_sent_after_the_sign_in_expired_comes_back_with_its_text_and_a_way_to_sign_in(strict, marie):
    response = strict.post("/account/preferences/", TYPED)

    page = response.content.decode()
    assert response.status_code == 403
    assert "Maïté O&#x27;Brien &lt;b&gt;" in page
    assert 'action="/account/preferences/"' in page
    assert 'href="/sign-in/login/?next=%2Fsign-in%2Fback%2F" target="_blank"' in page


def test_after_signing_in_beside_it_the_text_arrives_at_the_first_press(strict, marie):
    kept = strict.post("/account/preferences/", TYPED)
    strict.force_login(marie)

    response = strict.post(
        "/account/preferences/",
        TYPED | {"csrfmiddlewaretoken": token_of(kept)},
        headers={"sec-fetch-site": "same-origin"},
    )

    marie.refresh_from_db()
    assert response.status_code == 302
    assert marie.name == TYPED["name"]


def test_with_a_browser_that_says_less_it_arrives_at_the_second_press(strict, marie, code):
    kept = strict.post("/account/preferences/", TYPED)
    page = strict.get("/sign-in/login/")
    strict.post("/sign-in/login/", {"login": marie.email, "csrfmiddlewaretoken": token_of(page)})
    page = strict.get("/sign-in/login/code/confirm/")
    strict.post("/sign-in/login/code/confirm/", {"code": code(), "csrfmiddlewaretoken": token_of(page)})

    first = strict.post("/account/preferences/", TYPED | {"csrfmiddlewaretoken": token_of(kept)})
    second = strict.post("/account/preferences/", TYPED | {"csrfmiddlewaretoken": token_of(first)})

    marie.refresh_from_db()
    assert (first.status_code, second.status_code) == (403, 302)
    assert marie.name == TYPED["name"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    ],
)
def test_what_another_site_sends_is_neither_done_nor_given_back(strict, marie, headers):
    strict.force_login(marie)

    response = strict.post("/account/preferences/", TYPED, headers=headers)

    marie.refresh_from_db()
    assert response.status_code == 403
    assert "Brien" not in response.content.decode()
    assert "Send it again" not in response.content.decode()
    assert marie.name == "Marie Tremblay"


def test_another_site_cannot_put_words_into_the_mouth_of_somebody_signed_out(strict):
    response = strict.post("/account/preferences/", TYPED, headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert "Brien" not in response.content.decode()


def test_passwords_and_codes_are_never_written_into_a_page(strict):
    response = strict.post("/sign-in/login/", {"login": "somebody@example.org", "password": "secret words here"})

    assert response.status_code == 403
    assert "secret words" not in response.content.decode()


def test_a_form_of_the_desk_is_kept_while_the_second_factor_is_missing(town):
    browser = Client()
    browser.force_login(town.ines)

    response = browser.post("/desk/people/invite/", {"name": "Nadia Sample"})

    assert response.status_code == 403
    assert "Nadia Sample" in response.content.decode()
    assert "/sign-in/2fa/totp/activate/" in response.content.decode()
