"""The question editor in Chromium: nothing for axe to find, in every state, wide and narrow, in both languages."""

import pytest

from townline.setup.models import Sample
from townline.setup.sampling import keep_sample
from townline.setup.tests.doings import a_form, question
from townline.setup.tests.test_rows_in_browser import examine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = "/desk/setup/services/pothole/questions/"
DRAFT = f"{HERE}draft/"
PAGES = [
    HERE, DRAFT, f"{DRAFT}pages/add/", f"{DRAFT}pages/first/", f"{DRAFT}pages/first/add/", f"{DRAFT}questions/where/",
    f"{DRAFT}questions/kind/", f"{DRAFT}try/", f"{DRAFT}try/?as=staff&in=fr",
]  # fmt: skip


@pytest.fixture
def draft(town):
    """A draft with a condition, choices, a fault and a test that does not hold."""
    draft = a_form(town)
    option = {"code": "deep", "label": {"en": "Deep", "fr": "Profond"}, "stop": {"en": "Call.", "fr": "Appelez."}}
    kind = question("kind", kind="one_choice", options=[option], hint={"en": "A very long hint " * 12, "fr": "x" * 60})
    draft.add(by=town.dana, seen=4, page_id="second", question=kind)
    sample = keep_sample(town.pothole, draft.parsed, {"where": "Here"}, by=town.dana, name="A hole", by_staff=False)
    Sample.objects.filter(pk=sample.pk).update(expects={"asked": ["gone"], "wrong": [], "stop": ""})
    only_if = {"eq": [{"answer": "kind"}, "deep"]}
    draft.change(by=town.dana, seen=5, question_id="where", question=question("where", show_if=only_if))
    return draft


@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_in_the_editor(look, findings, town, draft, language):
    town.dana.language = language
    town.dana.save()
    page = look(HERE, who=town.dana, bypass_csp=True)

    for at, address in enumerate(PAGES):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(page.url.partition("/desk/")[0] + address)
        page.screenshot(path=f"/tmp/setup-questions-{at}-{language}.png", full_page=True)
        assert examine(page, findings) == [], address
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(page.url.partition("/desk/")[0] + DRAFT)
    page.click("main form[action$='/publish/'] button")
    page.wait_for_load_state()
    assert page.locator("main a[href='#where']").count() == 1
    assert examine(page, findings) == []
    page.screenshot(path=f"/tmp/setup-refused-{language}.png", full_page=True)


def test_a_mistake_is_said_at_its_field_and_the_way_through_is_by_keyboard(look, findings, town, draft):
    page = look(f"{DRAFT}pages/second/add/", who=town.dana, bypass_csp=True)
    page.focus("[name=label_en]")
    page.keyboard.type("How many?")
    page.select_option("[name=kind]", "number")
    page.fill("[name=max_length]", "5")
    page.fill("[name=id]", "where")
    page.focus("[name=label_en]")
    page.locator("main form button:text-is('Save in the draft')").focus()
    page.keyboard.press("Enter")

    page.wait_for_selector(".govuk-error-summary")
    assert page.input_value("[name=label_en]") == "How many?"
    assert "is the short name of the question" in page.inner_text(".govuk-error-summary")
    assert examine(page, findings) == []


def test_the_result_of_trying_is_shown_without_findings(look, findings, town, draft):
    page = look(f"{DRAFT}try/", who=town.dana, bypass_csp=True)

    page.click("main button:text-is('See what comes of it')")
    page.wait_for_load_state()

    assert "It could be sent like this" in page.inner_text("main")
    assert examine(page, findings) == []
