"""Working from one queue of several in Chromium: filtered, and handed over together, at every width and in French."""

import pytest

from townline.routing.models import Queue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_is_filtered_by_queue_and_handed_over_from_there(look, findings, town, language):
    name = {"en": "Winter roads and sidewalks of the whole municipality", "fr": "Routes et trottoirs en hiver"}
    winter = Queue.objects.create(code="winter", department=town.roads, name=name, sort_key="winter")
    snow = town.case("Snow")
    snow.hand_over(by=town.ada, queue=winter, reason="It is snow.")
    town.case("Lamp")
    town.ada.language = language
    town.ada.save()

    page = look("/desk/work/department/roads/open/?queue=winter", who=town.ada, bypass_csp=True)
    assert page.locator("tr[data-row]").count() == 1
    assert page.is_visible("select[name=queue]")
    assert findings(page) == []
    page.select_option("[name=which_cases]", "page")
    page.select_option("#bulk-verb", "hand_over")
    page.click("form#bulk button")
    page.select_option("[name=queue]", str(town.queues[town.bylaw.pk].pk))
    page.click("main form:has([name=sure]) button")

    assert page.locator(".govuk-error-summary").count() == 1
    assert findings(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    page.screenshot(path=f"/tmp/ends-bulk-{language}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []
