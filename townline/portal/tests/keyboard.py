"""Pages by keyboard alone: Tab, Enter, Space, and a focus that can be seen."""

MOST = 60

SEEN = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const label = at.labels?.[0] && getComputedStyle(at.labels[0], "::before");
  const after = getComputedStyle(at, "::after");
  const marked = [style, after, label].some(
    (one) => one && (one.outlineStyle !== "none" || one.boxShadow !== "none")
  );
  return marked && box.bottom > 0 && box.top < window.innerHeight;
}"""


def has_visible_focus(page):
    """Can one see where the focus is?"""
    return page.evaluate(SEEN)


def go_to(page, selector, typed="", key=""):
    """Press Tab until the focus is there, type, and press a key that leads to the next page."""
    for _ in range(MOST):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break
        page.keyboard.press("Tab")
        assert has_visible_focus(page), page.evaluate("document.activeElement.outerHTML")
    else:
        raise AssertionError(f"Tab does not reach {selector} on {page.url}")
    page.keyboard.type(typed)
    if key:
        with page.expect_navigation():
            page.keyboard.press(key)


def choose(page, selector, value):
    """Choose a radio button with the arrow keys."""
    go_to(page, selector)
    page.keyboard.press("Space")
    for _ in range(MOST):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The arrows do not reach {value} on {page.url}")
