"""Oversight, the emergency and the hand-over of a plain case in Chromium: at every width, in French, and on paper."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.complaints.filing import Filing, file
from townline.complaints.testing import TYPED, a_line, a_procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/desk/complaints/",
    "/desk/complaints/oversight/",
    "/desk/complaints/oversight/?year={before}",
    "/desk/complaints/oversight/rows/?year={year}&by=service&of={service}",
    "/desk/complaints/{reference}/open_in_emergency/",
    "/desk/complaints/{reference}/review_emergency/",
    "/desk/complaints/{reference}/name_witness/",
    "/desk/complaints/new/?from={plain}",
]


@pytest.fixture
def overseen(town):
    """Thirteen complaints of two services, one remedy, one emergency access that nobody reviewed, one plain case."""
    people = a_line(town)
    a_procedure(town)
    made = [
        file(Filing(about="service", about_service=service, **TYPED), by=town.system, channel="web")
        for service in ["pothole"] * 11 + ["noise"] * 2
    ]
    for one in made[:6]:
        one.find(by=people["supervisor"], finding="not", reasons="x")
        one.decide(by=people["supervisor"], letter="y")
    on = timezone.localdate() - timedelta(days=1)
    made[0].follow_up(by=people["supervisor"], kind="training", words="Calls are answered. " * 9, due_on=on)
    emergency = made[0].open_in_emergency(by=people["overseer"], reason="safety", words="A threat was made.")
    emergency.at = timezone.now() - timedelta(days=9)
    emergency.save()
    people["overseer"].roles.add(town.roles["representative"])
    year = timezone.localdate().year
    about = {"year": year, "before": year - 1, "service": town.pothole.pk, "reference": made[0].case.reference}
    plain = town.case("Rude at the counter, for " + "a very long time " * 6, department=town.front)
    return people["overseer"], {**about, "plain": plain.reference}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, overseen, address, language):
    who, about = overseen
    who.language = language
    who.save()
    page = look(address.format(**about), who=who, bypass_csp=True)
    assert page.title() != ""
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_a_figure_is_followed_to_its_rows_and_back_by_keyboard(look, overseen):
    who, _about = overseen
    page = look("/desk/complaints/oversight/", who=who)

    page.get_by_role("link", name="13", exact=True).first.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/oversight/rows/**")
    page.get_by_role("link", name="Oversight of complaints").click()
    page.wait_for_url("**/oversight/?year=*")


def test_on_paper_the_figures_stand_without_what_is_only_for_the_screen(look, overseen):
    who, _about = overseen
    page = look("/desk/complaints/oversight/", who=who)

    page.emulate_media(media="print")

    assert page.get_by_text("By the level at which they stand").is_visible()
    assert not page.get_by_text("Save these figures").is_visible()
