"""Photos in Chromium: on the portal, on the page of a case and where they are added, wide and narrow."""

import pytest

from townline.documents.models import Attachment
from townline.documents.tests import samples
from townline.questions.models import FormVersion
from townline.questions.testing import page, question, written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = written(page("what", question("words", required=True), question("photos", "file", max=3)), code="photos")
GO_ON = "main form .govuk-button"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"


@pytest.fixture
def chosen(tmp_path):
    """A good file and a bad one, as a person chooses them."""
    good, bad = tmp_path / "hole.png", tmp_path / "bad.jpg"
    good.write_bytes(samples.picture("PNG", (600, 400)))
    bad.write_bytes(b"<svg/>")
    return [str(good), str(bad)]


def press(page, selector):
    with page.expect_navigation():
        page.click(selector)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_question_for_photos_with_a_good_file_and_a_bad_one(town, look, findings, chosen, width):
    town.pothole.questions = FormVersion.objects.create(code="photos", version=1, definition=FORM)
    town.pothole.save()
    page = look("/services/pothole/", width=width)
    press(page, GO_ON)
    page.fill("#id_label", "12 Main Street")
    press(page, GO_ON)
    page.fill("[name=q-words]", "Deep.")
    page.set_input_files("[name=q-photos]", chosen)

    press(page, "[name=q-photos-add]")

    assert page.locator(".files__item").count() == 1
    assert "bad.jpg" in page.inner_text(".govuk-error-summary")
    assert fits(page)
    assert findings(page) == []
    with page.expect_navigation():
        page.press("[name=q-words]", "Enter")
    assert page.url.endswith("/you/")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_case_with_files_and_the_page_that_adds_some(town, look, findings, chosen, width):
    case = town.case("Broken street lamp", assignee=town.ada)
    photo = samples.upload(samples.picture(size=(600, 400)))
    letter = samples.upload(samples.document(), "a letter with a very long name " + "x" * 100 + ".pdf")
    brought = [Attachment.bring(file, by=town.ada, description="") for file in (photo, letter)]
    case.attach(by=town.ada, attachments=brought)

    page = look(f"/desk/cases/{case.reference}/", width=width, who=town.ada)
    assert page.locator(".files__item").count() == 2
    assert fits(page)
    assert findings(page) == []

    page.goto(f"/desk/cases/{case.reference}/attach/")
    page.set_input_files("[name=add_files]", chosen)
    press(page, GO_ON)
    assert page.is_checked("[name=held]")
    assert fits(page)
    assert findings(page) == []
