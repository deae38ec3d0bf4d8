"""Every page of the desk, empty and full of long text, at 1280 and at 320 pixels, in French, and by keyboard.

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


def walked(page, findings, addresses):
    """What is wrong with each page: its answer, what axe finds, and what scrolls sideways."""
    wrong = []
    for address in addresses:
        asked = page.request.get(address, max_redirects=0)
        if asked.status != 200 or "text/html" not in asked.headers["content-type"]:
            continue  # It only does something, leads on, or answers with data.
        answer = page.goto(address)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            found = findings(page)
            if answer.status != 200 or wide > width or found:
                wrong.append((address, answer.status, width, wide, found))
    return wrong


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
    page.click("summary")
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
