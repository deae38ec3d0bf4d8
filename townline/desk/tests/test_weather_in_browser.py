"""The weather page and a case that explains its promises, in Chromium: nothing for axe to find, also small."""

import pytest

from townline.cases.weather import declare
from townline.catalogue.models import RoadStandard
from townline.core.localized import Localized

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("is_declared", [True, False], ids=["declared", "none"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "address", ["/desk/weather/", "/desk/cases/{0.reference}/", "/desk/cases/{0.reference}/classify/"]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, language, address, is_declared):
    case = town.case("Broken street lamp at the corner of Main Street and Church Street", assignee=town.lea)
    RoadStandard.objects.create(
        code="pothole", name={"en": "Mended", "fr": "Réparé"}, service=town.pothole,
        classes={"3": {"amount": 7, "unit": "calendar_days"}},
    )  # fmt: skip
    case.classify(by=town.lea, road_class="3")
    declare(by=town.lea, words=Localized(en="Snow.", fr="Neige.")).end(by=town.lea)
    if is_declared:
        declare(by=town.lea, words=Localized(en="Crews are out day and night.", fr="Les équipes travaillent."))
    town.lea.prefer(by=town.lea, language=language)
    page = look(address.format(case), who=town.lea, bypass_csp=True)
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []
