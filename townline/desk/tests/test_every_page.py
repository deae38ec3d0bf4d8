"""Every page of the desk, empty, full of long text and refusing, at 1280 and at 320 pixels, in French, and by keyboard.

One browser and one page walk every address that the gates know of; that none is forgotten there is proved there.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.accounts.models import Department
from townline.cases.models import Case
from townline.channels.models import Mail
from townline.desk.models import SavedView
from townline.site.tests.test_gates import addresses

__all__ = ["addresses"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Un très long objet sans fin " * 5 + "W" * 60


@pytest.fixture
def boss(town):
    """Ada, who for once may do everything everywhere, in French."""
    town.ada.roles.set(town.roles.values())
    town.ada.departments.set(Department.objects.all())
    town.ada.language = "fr"
    town.ada.save()
    return town.ada


@pytest.fixture
def full(town, addresses, boss):
    """Every address, about something with a long name and long words."""
    town.case("Late", received_at=timezone.now() - timedelta(days=90))
    Case.objects.update(subject=LONG[:200], place_label=LONG[:200])
    Case.objects.first().note(by=town.ben, text=LONG * 3)
    Mail.objects.update(subject=LONG[:150], body=LONG)
    SavedView.objects.update(name="W" * 60)
    return sorted(set(addresses.values()))


EMPTY = [
    "/desk/work/mine/open/", "/desk/work/department/roads/unassigned/", "/desk/work/department/roads/closed/",
    "/desk/work/all/newest/?channel=fax", "/desk/work/all/open/?after=9999-12-31T12:00:00%2B00:00_9", "/desk/views/",
    "/desk/bulk/", "/desk/interactions/", "/desk/mail/?state=sent", "/desk/search/",
]  # fmt: skip


UNREACHED = """() => {
  const marked = (at) => [getComputedStyle(at), getComputedStyle(at, "::after"),
      at.labels?.[0] && getComputedStyle(at.labels[0], "::before")]
    .some((one) => one && (one.outlineStyle !== "none" || one.boxShadow !== "none"));
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], [onclick]");
  const missed = [...all].filter((at) => {
    if (at.type === "hidden" || at.disabled || !at.checkVisibility() || at.tabIndex < 0) return false;
    at.focus({focusVisible: true});
    return at.tabIndex > 0 || document.activeElement !== at || !marked(at);
  }).map((at) => at.outerHTML.slice(0, 120));
  document.activeElement.blur();
  return missed;
}"""
"""What the Tab key does not reach in the order of the page, or does not show that it did."""

EMPTIED = """() => {
  const asks = "input:not([type=hidden]), textarea, select";
  const forms = [...document.querySelectorAll("main form")].filter((one) => one.method === "post");
  const form = forms.filter((one) => one.querySelector(asks)).at(-1);
  if (!form) return false;
  for (const field of form.querySelectorAll(asks)) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = false; else field.value = "";
  }
  form.classList.add("emptied");
  return true;
}"""
"""Empty the form of the page; false when there is none."""


def pages_of(page, addresses):
    """The addresses that answer with a page; the others only do something, lead on, or answer with data."""
    for address in addresses:
        asked = page.request.get(address, max_redirects=0)
        if asked.status == 200 and "text/html" in asked.headers["content-type"]:
            yield address


def walked(page, findings, addresses):
    """What is wrong with each page: its answer, what axe finds, what scrolls sideways, what no key reaches."""
    wrong = []
    for address in pages_of(page, addresses):
        answer = page.goto(address)
        unreached = page.evaluate(UNREACHED)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            found = findings(page)
            if answer.status != 200 or wide > width or found or unreached:
                wrong.append((address, answer.status, width, wide, found, unreached))
    return wrong


def refused(page, findings, addresses):
    """Each page that refuses when its form is sent empty, and what is wrong with it then."""
    page.set_viewport_size({"width": 320, "height": 800})
    found = {}
    for address in pages_of(page, addresses):
        page.goto(address)
        if page.evaluate(EMPTIED):
            with page.expect_navigation():
                page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('.emptied'))")
            if page.locator(".govuk-error-summary").count():
                wide = page.evaluate("document.documentElement.scrollWidth")
                found[address] = [*findings(page), *page.evaluate(UNREACHED), *([wide] if wide > 320 else [])]
    return found


@pytest.mark.parametrize("part", range(3))
def test_every_page_full_of_long_text_is_in_order_in_french(look, findings, full, boss, part):
    page = look("/desk/keys/", who=boss, bypass_csp=True)

    assert page.evaluate("document.documentElement.lang") == "fr"
    assert walked(page, findings, full[part::3]) == []


def test_every_empty_page_is_in_order(look, findings, boss):
    page = look("/desk/keys/", who=boss, bypass_csp=True)

    assert walked(page, findings, EMPTY) == []


def test_pages_with_mistakes_are_in_order(look, findings, town, boss):
    view = SavedView.keep(by=boss, name="Roads", whose="department", which="open", department=town.roads)
    page = look(f"/desk/views/{view.pk}/share/", who=boss, bypass_csp=True)
    page.check("[value=department]")
    page.click("main form .govuk-button")
    assert page.is_visible(".govuk-error-summary")
    assert findings(page) == []

    page.goto("/desk/work/department/roads/open/")
    page.click(".filters summary")
    page.fill("[name=received_from]", "2026-05-02")
    page.fill("[name=received_to]", "2026-05-01")
    page.click(".filters .govuk-button")
    assert page.is_visible(".govuk-error-summary")
    assert findings(page) == []


def test_a_list_is_worked_by_keyboard_alone(look, town, boss):
    town.case("Lamp")
    town.case("Sign")
    page = look("/desk/work/department/roads/open/", who=boss)

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 1
    assert page.evaluate("document.querySelectorAll('[name=case]:checked').length") == 1

    page.keyboard.press("o")
    page.wait_for_url("**/desk/cases/**")
    page.keyboard.press("?")
    page.wait_for_url("**/desk/keys/")


def test_no_letter_is_a_key_inside_a_field(look, boss, town):
    page = look("/desk/work/department/roads/open/", who=boss)

    page.keyboard.press("/")
    page.keyboard.type("jn?x/")

    assert page.input_value("#desk-search") == "jn?x/"
    assert "/desk/work/" in page.url


def test_a_page_tells_by_itself_what_came_in_and_what_changed(look, boss, town):
    case = town.case("Lamp")
    page = look("/desk/work/department/roads/open/", who=boss)
    case.note(by=town.ada, text="Hello.")
    town.case("Sign")

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector(".changes a")

    assert page.is_visible("tr.is-stale .tag")
    assert page.inner_text("[data-count='/desk/work/department/roads/open/']") == "2"


@pytest.mark.parametrize("part", range(2))
def test_every_page_that_refuses_an_empty_form_is_in_order(look, findings, full, boss, part):
    page = look("/desk/keys/", who=boss, bypass_csp=True)

    found = refused(page, findings, full[part::2])

    assert len(found) > 15
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
