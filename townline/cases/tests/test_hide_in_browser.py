"""Hiding a case and what its customer then sees, in Chromium: wide and narrow, in both languages."""

import pytest

from townline.cases.intake import Contact, Matter, Place, take_in
from townline.catalogue.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtsgesellschaft" * 6
BUTTON = "main form .govuk-button"


@pytest.fixture
def case(town):
    Service.objects.filter(pk=town.pothole.pk).update(shares="place")
    town.pothole.refresh_from_db()
    contact = Contact(name="Jo First", email="first@example.org")
    found = take_in(Matter(town.pothole, place=Place("12 Main Street")), by=town.rita, channel="phone", contact=contact)
    found.take(by=town.ada)
    return found


@pytest.mark.parametrize(("prefix", "width"), [("", 1280), ("/fr", 320)])
def test_a_case_is_hidden_and_its_customer_reads_why(look, findings, town, case, prefix, width):
    town.ada.prefer(by=town.ada, language=prefix.strip("/") or "en")
    page = look(f"/desk/cases/{case.reference}/hide/", who=town.ada, width=width)
    found = findings(page)
    page.fill("[name=words]", LONG)
    page.click(BUTTON)
    page.wait_for_selector(".govuk-error-summary")
    found += findings(page)
    page.check("[name=reason][value=person]")
    page.click(BUTTON)
    page.wait_for_url(f"**/{case.reference}/")
    found += findings(page)
    seen = look(f"{prefix}/track/?reference={case.reference}", width=width)
    seen.fill("#id_proof", "first@example.org")
    seen.click(BUTTON)
    seen.wait_for_url(f"**/{case.reference}/")
    found += findings(seen)

    assert found == []
    assert LONG in page.inner_text("main")
    assert LONG in seen.inner_text("main")
