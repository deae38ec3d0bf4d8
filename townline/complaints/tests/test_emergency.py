"""Emergency access on its page: a fresh second factor, a reason, half an hour, and a review that is seen when late."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.utils import timezone

from townline.accounts.models import Position
from townline.accounts.tests.device import device as device
from townline.accounts.tests.test_pages_in_browser import examine
from townline.complaints.models import EmergencyAccess
from townline.complaints.reactions import told_of_emergency
from townline.complaints.tests.test_pages import address, browser_of
from townline.timeline.models import Event
from townline.vault import door

TOLD = {"reason": "safety", "words": "zzwhy a threat was made"}


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def app(line):
    """The app on the phone of whoever oversees complaints: what it shows now."""
    secret = generate_totp_secret()
    TOTP.activate(line["overseer"], secret)
    return lambda: format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def browser(line):
    return browser_of(line["overseer"])


def test_with_a_code_made_now_the_file_opens_for_half_an_hour(investigated, browser, app, line):
    answer = browser.post(address(investigated, "open_in_emergency"), {**TOLD, "code": app()})

    assert answer["Location"] == address(investigated)
    assert EmergencyAccess.objects.get().user == line["overseer"]
    page = browser.post(address(investigated, "reveal"), {"purpose": "emergency"}).content.decode()
    assert "Quenby Zzyzxcanary" in page


@pytest.mark.parametrize("code", ["", "000000", "abc"])
def test_being_signed_in_is_not_enough_and_what_was_typed_stays(investigated, browser, app, code):
    page = browser.post(address(investigated, "open_in_emergency"), {**TOLD, "code": code})

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"code"}
    assert "zzwhy a threat was made" in page.content.decode()
    assert not EmergencyAccess.objects.exists()
    assert browser.post(address(investigated, "reveal"), {"purpose": "emergency"}).status_code == 403


def test_a_code_is_not_wasted_on_a_form_that_comes_back(investigated, browser, app):
    code = app()
    browser.post(address(investigated, "open_in_emergency"), {"reason": "safety", "words": "", "code": code})

    browser.post(address(investigated, "open_in_emergency"), {**TOLD, "code": code})

    assert EmergencyAccess.objects.count() == 1


def test_a_code_counts_once(investigated, browser, app):
    code = app()
    browser.post(address(investigated, "open_in_emergency"), {**TOLD, "code": code})
    browser.post(address(investigated, "open_in_emergency"), {**TOLD, "code": code})

    assert EmergencyAccess.objects.count() == 1


def test_whoever_guesses_codes_is_stopped(investigated, browser, app):
    for _ in range(12):
        browser.post(address(investigated, "open_in_emergency"), {**TOLD, "code": "000000"})

    page = browser.post(address(investigated, "open_in_emergency"), {**TOLD, "code": app()})

    assert page.status_code == 200
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("who", ["supervisor", "manager", "cao", "intake", "officer", "foi"])
def test_nobody_but_who_oversees_opens_in_an_emergency(investigated, line, who):
    answer = browser_of(line[who]).post(address(investigated, "open_in_emergency"), {**TOLD, "code": "1"})

    assert answer.status_code in (403, 404)


def test_the_manager_of_the_investigator_is_responsible_and_nobody_complained_about(
    investigated, line, procedure, town
):
    foi = Position.objects.create(code="foi", title={"en": "FOI"}, department=town.front)
    line["foi"].position = foi
    line["foi"].save()
    procedure.foi = foi
    procedure.save()

    assert told_of_emergency(investigated) == {line["supervisor"].pk, line["manager"].pk, line["foi"].pk}
    investigated.subjects.create(user=line["foi"])
    investigated.subjects.create(user=line["manager"])
    assert told_of_emergency(investigated) == set()


@pytest.mark.parametrize("who", ["overseer", "foi"])
def test_what_is_to_be_reviewed_stands_on_the_list_and_turns_red_after_seven_days(
    investigated, line, who, time_machine
):
    investigated.open_in_emergency(by=line["overseer"], reason="safety", words="Now.")
    browser = browser_of(line[who])
    assert "is to be reviewed within 7 days" in browser.get("/desk/complaints/").content.decode()

    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))

    page = browser.get("/desk/complaints/").content.decode()
    assert "has not been reviewed for more than 7 days" in page
    assert "notice--bad" in page


def test_the_foi_coordinator_reviews_it_with_the_words_before_them(investigated, line):
    made = investigated.open_in_emergency(by=line["overseer"], reason="safety", words="A threat at the counter.")
    foi = browser_of(line["foi"])

    page = foi.get(address(investigated, "review_emergency")).content.decode()
    foi.post(address(investigated, "review_emergency"), {"emergency": made.pk, "was_right": "no"})

    assert "A threat at the counter." in page
    assert EmergencyAccess.objects.get().was_right is False


def test_the_foi_coordinator_records_a_request_and_opens_it_then(investigated, line):
    foi = browser_of(line["foi"])
    on = timezone.localdate() + timedelta(days=30)
    assert foi.post(address(investigated, "reveal"), {"purpose": "access_request"}).status_code == 403

    foi.post(
        address(investigated, "record_request"),
        {"number": "2026-014", "until_on_day": on.day, "until_on_month": on.month, "until_on_year": on.year},
    )

    page = foi.post(address(investigated, "reveal"), {"purpose": "access_request"}).content.decode()
    assert "Quenby Zzyzxcanary" in page


def test_each_opening_has_exactly_one_event_for_texts_and_one_for_files(investigated, line):
    door.reveal(investigated.safe, by=line["supervisor"], purpose="investigate")

    assert Event.objects.filter(name="safe.revealed").count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_opens_the_file_as_well_and_axe_finds_nothing(investigated, line, device, findings):
    device.become(line["overseer"])
    first = device.go(address(investigated, "open_in_emergency")).inner_text("main")
    page = device.go("/sign-in/2fa/webauthn/add/")
    device.press("Make the passkey")
    page.wait_for_url("**/2fa/recovery-codes/")
    device.go(address(investigated, "open_in_emergency"))
    page.check("[name=reason][value=safety]")
    device.press("Open it with a passkey")
    page.wait_for_selector("text=There is a problem")
    found = examine(page, findings)
    page.fill("[name=words]", "zzwhy a threat was made")
    device.press("Open it with a passkey")
    page.wait_for_url(f"**{address(investigated)}")

    assert "First set one up" in first
    assert found == []
    assert EmergencyAccess.objects.get().user == line["overseer"]
