"""The routing rules in Chromium: in French, on a phone, by keyboard, with nothing for axe to find."""

import pytest

from townline.accounts.models import User
from townline.routing.beginning import begin_draft
from townline.routing.models import RuleSet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/desk/setup/routing/",
    "/desk/setup/routing/queues/roads/",
    "/desk/setup/routing/draft/",
    "/desk/setup/routing/draft/add/",
    "/desk/setup/routing/draft/rules/rule-1/",
    "/desk/setup/routing/draft/try/",
    "/desk/team/",
    "/desk/team/{dana}/",
]
LONG = {
    "when": [
        {"about": "service", "is": ["pothole", "noise", "question"]},
        {"about": "place", "is": ["Bowmanville", "Newcastle", "Old Scugog Road at the Fifth Concession"]},
        {"about": "season", "is": ["11-01/04-15"]},
        {"about": "channel", "is_not": ["web", "letter"]},
    ],
    "to": {"department": "bylaw", "priority": "urgent", "deal": "round_robin"},
}


@pytest.fixture
def drafted(town):
    """Rules in force, a draft with a long rule, and cases to try it on."""
    noise = {"code": "noise", "when": [{"about": "service", "is": ["noise"]}], "to": {"department": "roads"}}
    RuleSet.objects.put_in_force([noise], by=town.system)
    for number in range(3):
        town.case(f"Lamp {number}", service=town.noise)
    draft = begin_draft(by=town.dana)
    draft.remove(by=town.dana, seen=0, code="noise")
    draft.add(by=town.dana, seen=1, rule=LONG)
    return {"dana": town.dana.pk}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, drafted, address, language):
    User.objects.filter(pk=town.dana.pk).update(language=language)
    page = look(address.format(**drafted), who=town.dana, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_without_rules_the_page_teaches(look, findings, town):
    page = look("/desk/setup/routing/", who=town.dana, bypass_csp=True)

    assert "There are no routing rules yet" in page.inner_text("main")
    assert findings(page) == []


def test_a_rule_is_made_tried_and_published_by_keyboard(look, findings, town):
    town.case("Lamp")
    page = look("/desk/setup/routing/", who=town.dana, bypass_csp=True)
    page.get_by_role("button", name="Change the rules").press("Enter")
    page.get_by_role("link", name="Add a rule").press("Enter")
    page.get_by_role("button", name="Save in the draft").press("Enter")
    assert "Say when the rule holds" in page.inner_text("main")
    assert findings(page) == []

    page.get_by_role("checkbox", name="Phone").press("Space")
    page.get_by_label("Where does it go?").select_option(label="By-law")
    page.get_by_role("button", name="Save in the draft").press("Enter")
    assert "When it came by “Phone”, it goes to By-law." in page.inner_text("main")

    page.get_by_role("link", name="Try it on past cases").press("Enter")
    assert "1 of 1 case would go elsewhere" in page.inner_text("main")

    page.go_back()
    page.get_by_role("button", name="Publish").press("Enter")
    assert "The rules are in force as version 1." in page.inner_text("main")
    assert RuleSet.objects.in_force().rules[0]["to"] == {"department": "bylaw"}
