"""The figure: a whole service made by a clerk in the browser, exported, and applied to an empty installation."""

import pytest
from django.core.management import call_command

from townline.accounts.models import User
from townline.catalogue.models import Service
from townline.packs.apply import apply
from townline.packs.export import contents, export
from townline.packs.plan import plan
from townline.packs.reading import read
from townline.setup.tests.pack_town import PackTown
from townline.timeline.triggers import writable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIX = [
    ("one_choice", "What kind of bench is it?", "Quelle sorte de banc est-ce?", ["Wood", "Metal"], ""),
    ("yes_no", "Is somebody hurt?", "Quelqu’un est-il blessé?", [], ""),
    ("paragraph", "What is broken?", "Qu’est-ce qui est brisé?", [], ""),
    ("number", "How many boards are missing?", "Combien de planches manquent?", [], "Wood"),
    ("date", "Since when?", "Depuis quand?", [], ""),
    ("short_text", "Who was called?", "Qui a été appelé?", [], "Yes"),
]


@pytest.fixture
def town(db):
    """A municipality out of its pack."""
    return PackTown()


def both(page, name, en, fr):
    page.fill(f"[name={name}_en]", en)
    page.fill(f"[name={name}_fr]", fr)


def save(page, button):
    page.click(f"main button:text-is('{button}')")
    page.wait_for_selector(".notice, .govuk-error-summary")


def ask(page, kind, en, fr, choices, only_if):
    both(page, "label", en, fr)
    page.select_option("[name=kind]", kind)
    for at, choice in enumerate(choices):
        both(page, f"option_{at}_label", choice, f"{choice} (fr)")
    if only_if:
        page.select_option("[name=if_0]", label=f"is “{only_if}”")


def test_a_clerk_makes_a_whole_service_that_comes_out_of_an_export_as_it_was(look, findings, town, tmp_path):
    page = look("/desk/setup/collection_notices/new/", who=town.dana, bypass_csp=True)
    both(page, "text", "We need this to mend the bench.", "Nous en avons besoin pour réparer le banc.")
    both(page, "authority", "A sample authority.", "Un fondement inventé.")
    both(page, "purpose", "To mend benches.", "Réparer des bancs.")
    both(page, "officer__title", "Town Clerk", "Greffe")
    page.fill("[name=officer__address]", "1 Sample Street")
    page.fill("[name=officer__phone]", "905-555-0123")
    save(page, "Add")

    page.goto(page.url.partition("/desk/")[0] + "/desk/setup/services/new/")
    both(page, "name", "Broken bench", "Banc brisé")
    both(page, "summary", "Tell us about a bench that is broken.", "Signalez un banc brisé.")
    both(page, "keywords", "seat, boards", "siège, planches")
    page.select_option("[name=kind]", "service_request")
    page.select_option("[name=door]", "report")
    page.select_option("[name=collection_notice]", "to-mend-benches")
    for step in ("intake", "decision", "fulfilment"):
        page.fill(f"[name=centralisation__{step}__reason_en]", "One place.")
    save(page, "Add")

    page.click("text=Its questions")
    page.click("main button:text-is('Write the questions')")
    page.click("text=Add a page")
    both(page, "title", "The bench", "Le banc")
    save(page, "Save in the draft")
    page.click("text=Add a question to page 1")
    for question in SIX[:-1]:
        ask(page, *question)
        save(page, "Save and add another")
    ask(page, *SIX[-1])
    save(page, "Save in the draft")
    assert page.locator("main table:has-text('Only if') tbody tr").count() == 6
    assert page.locator("text=Only if “What kind of bench is it?” is “Wood”.").count() == 1
    assert findings(page) == []
    page.screenshot(path="/tmp/setup-draft.png", full_page=True)
    save(page, "Publish")
    assert "Version 1 is asked from now on" in page.inner_text("main")

    page.goto(page.url.partition("/desk/")[0] + "/desk/setup/standards/new/")
    both(page, "name", "The bench is mended", "Le banc est réparé")
    page.fill("[name=amount]", "10")
    page.select_option("[name=service]", "broken-bench")
    save(page, "Add")
    page.goto(page.url.partition("/desk/")[0] + "/desk/setup/services/broken-bench/")
    page.check("[name=is_public]")
    save(page, "Save")

    page.goto(page.url.partition("/desk/")[0] + "/fr/services/broken-bench/")
    assert "Banc brisé" in page.inner_text("h1")
    assert "10 jours ouvrables" in page.inner_text("main")
    assert len(Service.objects.get(code="broken-bench").questions.parsed.pages[0].questions) == 6

    export(tmp_path)
    before = contents()
    with writable():
        call_command("flush", interactive=False, verbosity=0)
    assert not Service.objects.exists()
    pack = read(tmp_path)
    apply(pack, by=User.objects.system())

    assert plan(pack).is_empty
    assert contents() == before
    assert Service.objects.get(code="broken-bench").questions.parsed.pages[0].questions[3].show_if is not None
