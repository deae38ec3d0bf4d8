"""What stands at the edges of the house: its door, its headers, its cookies, its log lines."""

import io
import logging

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError
from django.test import RequestFactory, override_settings

from townline.accounts.invitations import invite
from townline.accounts.models import User
from townline.accounts.sign_in import AccountAdapter
from townline.cases.tracking import link_token
from townline.core.entrance import SWALLOWED
from townline.core.logs import WithoutKeys
from townline.core.own_pages import is_from_elsewhere
from townline.site import preparing

OWN = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("address", ["//evil.example/x/", "///evil.example/x/", "//evil.example/x/?a=b"])
def test_an_address_that_would_name_another_host_in_a_link_is_put_right(client, address):
    response = client.generic("GET", "/", PATH_INFO=address.partition("?")[0])

    assert response.status_code == 301
    assert response["Location"].startswith("/evil.example/x/")


def test_a_body_that_is_too_large_is_refused_with_a_page(client, db):
    response = client.post("/track/", b"proof=" + b"a" * 3_000_000, content_type=FORM, headers=OWN)

    assert response.status_code == 413
    assert "That is too much at once" in response.content.decode()


def test_a_file_that_is_too_large_is_not_written_to_the_disk(client, db):
    response = client.post("/track/", {"proof": io.BytesIO(b"a" * 3_000_000)}, headers=OWN)

    assert response.status_code == 413


def test_a_body_that_is_too_large_for_the_api_is_refused_with_a_document(client, db):
    response = client.post("/api/v1/cases/X/note", b"a" * 3_000_000, content_type="application/json")

    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")


def test_what_no_end_comes_of_is_not_read_to_its_end(client, db):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            Endless.given += size
            return b"a" * size

    body = {"wsgi.input": Endless(), "CONTENT_LENGTH": str(10**15), "CONTENT_TYPE": FORM}

    assert client.generic("POST", "/track/", **body).status_code == 413
    assert Endless.given <= SWALLOWED


def test_a_form_with_too_many_fields_is_refused_with_a_page(client, db):
    response = client.post("/track/", "&".join(f"a{number}=1" for number in range(1500)), content_type=FORM)

    assert response.status_code == 413
    assert "That is too much at once" in response.content.decode()


def test_a_host_that_is_not_ours_gets_a_page_of_ours_without_its_name(client, db):
    response = client.get("/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_cookie_that_no_database_can_hold_is_no_cookie(client, town):
    assert client.get("/account/", headers={"Cookie": r'session="\000aaaaaaaaa"'}).status_code == 302


def test_a_nul_that_was_typed_is_taken_out(as_member, town):
    case = town.case(assignee=town.ada)

    as_member("ada").post(f"/desk/cases/{case.reference}/note/", {"text": "a\x00b"})

    assert case.notes.get().text == "ab"


def test_no_password_is_written_into_a_page(client, db):
    typed = {"oldpassword": "secret-1", "password": "secret-2", "password1": "secret-3", "text": "kept words"}

    page = client.post("/desk/", typed, headers=OWN).content.decode()

    assert "kept words" in page
    assert "secret-" not in page


def test_what_another_website_sent_is_not_written_into_a_page(client, db):
    page = client.post("/desk/", {"text": "their words"}, headers={"Sec-Fetch-Site": "cross-site"}).content.decode()

    assert "their words" not in page


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "same-origin, cross-site", "SAME-ORIGIN"])
def test_only_our_own_page_needs_no_token(db, site):
    from townline.conftest import StaffClient

    browser = StaffClient(enforce_csrf_checks=True)

    assert browser.post("/track/", {"reference": "x"}, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert browser.post("/track/", {"reference": "x"}, headers=OWN).status_code == 200


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://testserver:81", "http://testserver.evil"])
def test_a_browser_that_contradicts_itself_is_not_believed(origin):
    request = RequestFactory().post("/track/", headers={**OWN, "Origin": origin})

    assert is_from_elsewhere(request)


ASKED = ["/", "/track/", "/sign-in/login/", "/nowhere/", "/find/?q=x", "/healthz", "/api/v1/cases", "/desk/"]


@pytest.mark.parametrize("address", ASKED)
def test_every_answer_says_what_a_browser_may_do_with_it(client, town, address):
    headers = client.get(address).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "data:" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_only_the_page_with_the_picture_to_scan_may_show_one_of_its_own(as_member, town):
    policy = as_member("ada").get("/sign-in/2fa/totp/activate/").headers["Content-Security-Policy"]

    assert "img-src 'self' data:" in policy


def test_a_page_for_a_browser_that_began_a_request_is_kept_by_no_cache(client, town):
    client.post("/services/pothole/start/", headers=OWN)

    assert "no-store" in client.get("/services/pothole/")["Cache-Control"]
    assert "public" in client.get("/brand.css")["Cache-Control"]


@pytest.mark.parametrize("path", ["track/l/MTI:1abc:def_-", "sign-in/invitation/abc_-123", "fr/ask/abc_-123/where"])
def test_no_log_line_tells_what_opens_something(path):
    secret = path.split("/")[2]
    try:
        raise ValueError(f"/{path}/")
    except ValueError as error:
        fault = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s: %s", ("Not Found", f"/{path}/"), fault)

    WithoutKeys().filter(record)

    assert secret not in logging.Formatter().format(record)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_attempts_are_counted_by_what_one_household_has(address, counted):
    assert AccountAdapter().get_client_ip(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


@pytest.mark.parametrize(("is_secure", "scheme"), [(True, "https"), (False, "http")])
def test_under_a_secure_address_every_request_came_so(monkeypatch, is_secure, scheme):
    from townline.site import wsgi

    seen = {}
    monkeypatch.setattr(wsgi, "django", lambda environ, start: seen.update(environ))
    with override_settings(SECURE=is_secure):
        wsgi.application({"wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "ftp"}, None)

    assert seen["wsgi.url_scheme"] == scheme


def test_nobody_demonstrates_where_real_people_work(db):
    User.objects.create_user("clerk@town.example", kind=User.Kind.STAFF, name="Real")

    with pytest.raises(CommandError, match="staff of its own"):
        preparing.demonstrate()


def test_a_demonstration_may_have_invited_somebody(town):
    User.objects.create_user("visitor@town.example", kind=User.Kind.STAFF, name="Visitor")

    preparing.require_nobody_real()


def test_an_invitation_names_the_address_that_was_set_whatever_the_host(as_member, town, work, mailoutbox):
    cache.clear()
    invite(by=town.ines, address="new@town.example", name="New", roles=[], departments=[])
    work()

    assert "http://127.0.0.1:8000/sign-in/invitation/" in mailoutbox[0].body


def test_a_session_that_was_known_before_the_link_was_opened_follows_nothing(client, town):
    case = town.case()
    session = client.session
    session["drafter"] = "x"
    session.save()
    known = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = known

    client.get(f"/track/l/{link_token(case)}/")

    assert client.get(f"/track/{case.reference}/").status_code == 200
    assert not client.session.exists(known)
