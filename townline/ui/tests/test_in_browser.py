import pytest

from townline.ui.brand import brand_css

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/ui/",
    "/ui/desk/",
    "/ui/print/",
    "/ui/portal/refusal/",
    "/ui/portal/away/",
    "/ui/portal/bare/",
    "/ui/desk/again/",
]


@pytest.mark.parametrize("address", [*PAGES, "/ui/?lang=fr", "/ui/desk/?lang=fr"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, address):
    page = look(address, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_a_portal_page_is_few_and_small_files_of_our_own(look, live_server):
    page = look("/ui/portal/bare/")
    files = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")

    assert len(files) <= 4
    assert all(name.startswith(live_server.url) for name in files)
    assert not [name for name in files if "htmx" in name or "font" in name]


def test_mistakes_take_the_focus_and_lead_to_their_field(look):
    page = look("/ui/")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")

    page.click("text=Seen on: Enter a valid date.")

    assert page.evaluate("document.activeElement.id") == "id_seen_on_day"


def test_without_scripts_mistakes_still_lead_to_their_field(look):
    page = look("/ui/", java_script_enabled=False)

    page.click("text=Subject: This field is required.")

    assert page.url.endswith("#id_subject")


def test_the_skip_link_comes_first(look):
    page = look("/ui/portal/bare/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_form_is_sent_once(look):
    page = look("/ui/")
    page.evaluate(
        "window.count = 0;"
        "document.addEventListener('submit', e => { if (!e.defaultPrevented) count++; e.preventDefault(); })"
    )

    page.dblclick("form:has(#id_subject) button:has-text('Continue')")

    assert page.evaluate("count") == 1


def test_the_desks_keys_can_be_switched_off(look):
    page = look("/ui/desk/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "desk-search"

    page.route("**/ui/desk/", lambda route: route.fulfill(body=route.fetch().text().replace('"on"', '"off"')))
    page.reload()
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") != "desk-search"


def test_arrows_move_from_row_to_row(look):
    page = look("/ui/desk/")
    page.focus("[data-rows]")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    assert page.evaluate("document.activeElement.textContent") == "CL-2B8X-4MNP-7"


def test_a_brand_reaches_the_header_and_the_links(look):
    page = look("/ui/portal/missing/", bypass_csp=True)

    page.add_style_tag(content=brand_css({"colour": "#5a1248"}))

    link = page.evaluate("getComputedStyle(document.querySelector('main p a')).color")
    masthead = page.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor")
    assert [link, masthead] == ["rgb(90, 18, 72)"] * 2


def test_the_sign_in_pages_wear_the_same_dress(look, findings):
    page = look("/sign-in/login/", bypass_csp=True)

    assert page.query_selector(".masthead")
    assert findings(page) == []
