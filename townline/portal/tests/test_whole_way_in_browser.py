"""All eight steps of the portal: without scripts, in French, by keyboard alone, at 320 pixels; axe is content."""

import pytest

from townline.portal.tests.whole_way import STEPS, Keyboard, WholeWay

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WAYS = {
    "without scripts": {"java_script_enabled": False},
    "in French": {"prefix": "/fr"},
    "by keyboard": {"hand": Keyboard},
    "at 320 pixels": {"width": 320},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_whole_way_through_the_portal_has_no_findings_in_any_state(look, findings, town, pothole, way):
    through = WholeWay(town, look, findings, **way)

    assert through.go() == []
    assert len(STEPS) == 8
