"""Every page of a formal complaint on the portal: empty, wrong, long; wide and on a phone, in French, by keyboard."""

import pytest

from townline.complaints.models import Given, OutsideOffice
from townline.complaints.testing import TYPED, a_complaint, a_line, a_procedure
from townline.documents.tests.samples import encrypted, with_gps
from townline.portal.tests.browsing import is_wider_than_the_window, press
from townline.portal.tests.keyboard import choose, go_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Longword" * 60 + " and more words. " * 120
WAYS = [("", 1280), ("/fr", 320)]
SEND = "main form .govuk-button"
STEPS = ["about", "what", "wish", "you"]


@pytest.fixture
def line(town):
    OutsideOffice.objects.create(code="ombudsman", name={"en": "Ombudsman (sample)"}, from_on="2020-01-01")
    return a_line(town)


@pytest.fixture
def procedure(town, line):
    return a_procedure(town)


@pytest.fixture
def complaint(town, procedure):
    return a_complaint(town)


@pytest.fixture
def talked(town, complaint, line, work):
    """Decided by Sue, with long words, evidence, letters, and openings."""
    complaint.send_on(by=line["intake"], subjects=[town.ada])
    complaint.attach(by=town.system, files=[Given(f"{'long' * 25}.jpg", "jpeg", b"\xff\xd8\xff")])
    complaint.acknowledge(by=line["supervisor"], words=LONG)
    complaint.reply(by=town.system, words=LONG)
    complaint.find(by=line["supervisor"], finding="not", reasons="x")
    complaint.decide(by=line["supervisor"], letter=LONG, remedies=["apology"])
    work()
    return complaint


def is_well(page, findings):
    return findings(page) == [] and not is_wider_than_the_window(page)


def begun(look, prefix, width, **options):
    """A draft on its first page."""
    page = look(f"{prefix}/complaint/", width=width, bypass_csp=True, **options)
    press(page, SEND)
    return page


def at(page, step):
    """The address of a step of the same draft."""
    return page.url.rsplit("/", 2)[0] + f"/{step}/"


def own(look, complaint, prefix, width, **options):
    """The complainant's own page, found by reference and e-mail address."""
    page = look(f"{prefix}/track/", width=width, bypass_csp=True, **options)
    page.fill("[name=reference]", complaint.case.reference)
    page.fill("[name=proof]", TYPED["email"])
    press(page, SEND)
    return page


@pytest.mark.parametrize(("prefix", "width"), WAYS)
def test_every_step_is_accessible_empty_and_with_what_is_missing(look, findings, procedure, prefix, width):
    page = look(f"{prefix}/complaint/", width=width, bypass_csp=True)
    seen = [is_well(page, findings)]
    page = begun(look, prefix, width)
    for step in STEPS:
        page.goto(at(page, step))
        seen.append(is_well(page, findings))
        press(page, SEND)
        wrong = page.locator(".govuk-error-summary").count() == 1 or step == "wish"
        seen += [wrong, is_well(page, findings)]
    page.screenshot(path=f"/tmp/file-you-wrong-{width}.png", full_page=True)

    assert seen == [True] * 13


@pytest.mark.parametrize(("prefix", "width"), WAYS)
def test_evidence_is_accessible_empty_refused_and_with_long_names(look, findings, procedure, prefix, width):
    page = begun(look, prefix, width)
    page.goto(at(page, "evidence"))
    seen = [is_well(page, findings)]
    page.set_input_files("[name=add_files]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": encrypted()})
    press(page, "main form [name=add]")
    seen += [page.locator(".govuk-error-summary").count() == 1, is_well(page, findings)]
    photo = {"name": f"{'long' * 40}.jpg", "mimeType": "image/jpeg", "buffer": with_gps()}
    page.set_input_files("[name=add_files]", photo)
    press(page, "main form [name=add]")
    seen += [page.locator("[name=remove]").count() == 1, is_well(page, findings)]
    page.screenshot(path=f"/tmp/file-evidence-{width}.png", full_page=True)

    assert seen == [True] * 5


@pytest.mark.parametrize(("prefix", "width"), WAYS)
def test_the_check_and_the_end_are_accessible_with_long_words(look, findings, procedure, prefix, width):
    page = begun(look, prefix, width, java_script_enabled=True)
    filled_in(page, LONG)
    seen = [is_well(page, findings)]
    page.screenshot(path=f"/tmp/file-check-{width}.png", full_page=True)
    press(page, SEND)
    seen.append(is_well(page, findings))

    assert seen == [True] * 2


def filled_in(page, words):
    """All that a complaint must say, up to the check."""
    page.check("[name=about][value=service]")
    press(page, SEND)
    page.fill("[name=what]", words)
    for part, value in (("day", "2"), ("month", "11"), ("year", "2024")):
        page.fill(f"[name=when_on_{part}]", value)
    page.fill("[name=when_time]", "2:30 p.m.")
    page.fill("[name=who]", words)
    press(page, SEND)
    page.fill("[name=outcome]", words)
    press(page, SEND)
    press(page, "main form .govuk-button-group button:not([name])")
    page.fill("[name=name]", "Élodie Œuvrard")
    page.fill("[name=email]", "elodie@example.org")
    page.fill("[name=address]", "77, rue des Érables")
    press(page, SEND)


def test_it_is_filed_without_scripts(look, procedure):
    page = begun(look, "", 320, java_script_enabled=False)
    filled_in(page, "Nobody called back.")
    press(page, SEND)

    assert page.locator(".reference").count() == 1


def test_it_is_filed_by_keyboard_alone(look, procedure):
    page = look("/complaint/", bypass_csp=True)
    go_to(page, SEND, key="Enter")
    choose(page, "[name=about]", "service")
    go_to(page, SEND, key="Enter")
    go_to(page, "[name=what]", typed="Nobody called back.")
    for part, value in (("day", "2"), ("month", "11"), ("year", "2024")):
        go_to(page, f"[name=when_on_{part}]", typed=value)
    go_to(page, "[name=when_time]", typed="noon")
    go_to(page, "[name=who]", typed="A clerk.")
    go_to(page, SEND, key="Enter")
    go_to(page, "[name=outcome]", typed="An answer.")
    go_to(page, SEND, key="Enter")
    go_to(page, "main form .govuk-button-group button:not([name])", key="Enter")
    go_to(page, "[name=name]", typed="Quenby")
    go_to(page, "[name=email]", typed="q@example.org")
    go_to(page, "[name=address]", typed="77 Lane")
    go_to(page, SEND, key="Enter")
    go_to(page, SEND, key="Enter")

    assert "/done/" in page.url


@pytest.mark.parametrize(("prefix", "width"), WAYS)
def test_ones_own_page_is_accessible_new_decided_and_at_the_end(look, findings, complaint, prefix, width):
    page = own(look, complaint, prefix, width)
    seen = [is_well(page, findings)]
    press(page, "form[action$='/reply/'] .govuk-button")
    seen += [page.locator(".govuk-error-summary").count() == 1, is_well(page, findings)]
    complaint.stage, complaint.level = "outside", 6
    complaint.save()
    complaint.ask_for_package(by=complaint.active.user)
    page.goto(f"{prefix}/complaint/mine/{complaint.case.reference}/")
    seen.append(is_well(page, findings))
    press(page, "form[action$='/consent/'] .govuk-button")
    seen.append(is_well(page, findings))

    assert seen == [True] * 5


@pytest.mark.parametrize(("prefix", "width"), WAYS)
def test_ones_own_page_is_accessible_with_long_words(look, findings, talked, prefix, width):
    page = own(look, talked, prefix, width)
    seen = [is_well(page, findings)]
    page.screenshot(path=f"/tmp/file-own-{width}.png", full_page=True)
    page.goto(f"{prefix}/complaint/mine/{talked.case.reference}/evidence/")
    seen.append(is_well(page, findings))
    press(page, SEND)
    seen += [page.locator(".govuk-error-summary").count() == 1, is_well(page, findings)]

    assert seen == [True] * 4
