"""The whole way in Chromium: find, service, ask, check, done, track, my requests."""

import pytest
from django.core.management import call_command

from townline.cases.models import Case
from townline.portal.tests.browsing import answer, press, start
from townline.portal.tests.keyboard import choose, go_to, has_visible_focus

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def said():
    """What the browser complained about."""
    return []


@pytest.fixture
def listen(said):
    """Write down what the browser complains about on this page."""

    def to(page):
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    return to


@pytest.mark.parametrize(
    ("prefix", "options"),
    [
        ("", {}),
        ("", {"java_script_enabled": False}),
        ("/fr", {}),
        ("/fr", {"width": 320, "java_script_enabled": False}),
    ],
    ids=["with scripts", "without scripts", "in French", "narrow, in French, without scripts"],
)
def test_a_customer_asks_follows_and_finds_it_again(look, listen, said, pothole, rivera, prefix, options):
    page = listen(look(f"{prefix}/", **options))

    start(page, prefix)
    answer(page)
    check = page.inner_text("main")
    press(page)
    case = Case.objects.get()
    done = page.inner_text("main")
    press(page, "main a[href*=track]")
    tracked = page.inner_text("main")
    mine = look(f"{prefix}/account/", who=rivera)

    assert "They swerve." in check
    assert case.reference in done
    assert case.reference in tracked
    assert case.language == (prefix.strip("/") or "en")
    assert case.reference in mine.inner_text("main")
    assert said == []


def test_the_way_by_keyboard_alone(look, pothole):
    page = look("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    go_to(page, "#q", "pothole", "Enter")
    go_to(page, ".services a[href*=pothole]", "", "Enter")
    go_to(page, "form[action*=start] button", "", "Enter")
    go_to(page, "#id_label", "12 Main Street", "Enter")
    choose(page, "[name=q-danger]", "no")
    go_to(page, "[name=q-words]", "Deep.")
    go_to(page, "main form button", "", "Space")
    go_to(page, "#id_name", "Elena Rivera", "Enter")
    go_to(page, "main form button", "", "Enter")

    assert Case.objects.get().answers == {"danger": "no", "words": "Deep."}
    assert Case.objects.get().reference in page.inner_text("main")
    go_to(page, "main a[href*=track]")
    assert has_visible_focus(page)


def test_a_mistake_takes_the_focus_and_leads_to_its_field_by_keyboard(look, pothole):
    page = look("/")
    start(page)
    go_to(page, "main form button", "", "Enter")

    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    go_to(page, ".govuk-error-summary a")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "id_label"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_on_send_gives_one_case(look, pothole, scripts):
    page = look("/", java_script_enabled=scripts)
    start(page)
    answer(page)

    page.dblclick("main form .govuk-button")
    page.wait_for_selector(".done .reference")

    assert page.inner_text(".done .reference") == Case.objects.get().reference


def test_back_and_forward_and_the_same_again_are_harmless(look, pothole):
    page = look("/")
    start(page)
    answer(page)
    page.go_back()
    typed_before = page.input_value("#id_name")
    page.go_forward()
    press(page)
    reference = Case.objects.get().reference

    page.go_back()
    after_back = page.inner_text("main")
    page.reload()

    assert typed_before == "Elena Rivera"
    assert reference in after_back
    assert reference in page.inner_text("main")
    assert Case.objects.count() == 1


def test_two_windows_of_one_draft_send_one_case(look, pothole):
    page = look("/")
    start(page)
    answer(page)
    other = page.context.new_page()
    other.goto(page.url.replace("/check/", "/where/"))
    press(page)

    other.fill("#id_label", "Somewhere else")
    press(other)

    assert Case.objects.get().place_label == "12 Main Street"
    assert Case.objects.get().reference in other.inner_text("main")


def test_what_was_begun_can_be_gone_on_with_or_begun_again(look, pothole):
    page = look("/")
    start(page)
    page.fill("#id_label", "12 Main Street")
    press(page)

    page.goto("/services/pothole/")
    press(page, "main .panel a.govuk-button")
    went_on = page.url
    page.goto("/services/pothole/")
    press(page, "main .panel button")

    assert went_on.endswith("/q-what/")
    assert page.input_value("#id_label") == ""


def test_the_language_switch_on_a_page_of_a_draft_keeps_it(look, pothole):
    page = look("/")
    start(page)
    page.fill("#id_label", "12 Main Street")
    press(page)

    press(page, ".masthead [hreflang=fr]")
    french = page.inner_text("main")
    press(page, ".govuk-back-link")

    assert "Danger? (fr)" in french
    assert page.input_value("#id_label") == "12 Main Street"


def test_the_print_button_prints_what_is_to_be_kept(look, pothole):
    page = look("/")
    start(page)
    answer(page)
    press(page)
    page.evaluate("window.print = () => { window.printed = true; }")

    page.click("[data-print]")
    page.emulate_media(media="print")

    assert page.evaluate("window.printed")
    assert page.is_visible(".done .reference")
    assert not page.is_visible("[data-print]")
    assert not page.is_visible(".masthead__nav")


def test_a_pothole_is_reported_to_clarington(look, listen, said):
    call_command("apply", "clarington", verbosity=0)
    page = listen(look("/"))
    page.fill("#q", "hole in the road")
    press(page, ".search button")
    press(page, ".services a[href*=pothole]")
    press(page)
    page.fill("#id_label", "40 Temperance Street, Bowmanville")
    press(page)
    page.check("[value=nobody]")
    page.check("[value=local]")
    press(page)
    page.check("[value=pothole]")
    press(page)
    page.fill("[name=q-width_cm]", "25")
    press(page)
    for part, number in (("day", "1"), ("month", "9"), ("year", "2026")):
        page.fill(f"[name=q-seen_on_{part}]", number)
    page.check("[name=q-damaged][value=no]")
    press(page)
    press(page, "main form .govuk-button:text-is('Continue')")  # No photo.
    page.fill("#id_email", "elena@example.org")
    press(page)
    press(page)

    case = Case.objects.get()
    assert case.reference.startswith("CL-")
    assert case.department.code == "public-works"
    assert "Public Works will answer by " in page.inner_text("main")
    assert said == []


@pytest.mark.parametrize("address", ["/", "/services/pothole/"])
def test_a_page_is_small_and_its_files_are_few(look, pothole, live_server, address):
    page = look(address)

    files = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(each => [each.name, each.encodedBodySize])"
    )

    assert len(files) <= 6
    assert all(name.startswith(live_server.url) for name, _ in files)
    assert sum(size for name, size in files if not name.endswith(".css")) <= 20_000
