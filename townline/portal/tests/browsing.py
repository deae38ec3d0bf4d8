"""How a customer walks through the pothole service in Chromium, in any language and with or without scripts."""

GO_ON = "main form .govuk-button"


def press(page, selector=GO_ON):
    """Press a button or a link, and wait for the next page."""
    with page.expect_navigation():
        page.click(selector)


def start(page, prefix=""):
    """From the front page to the first question."""
    page.goto(f"{prefix}/")
    page.fill("#q", "pothole")
    press(page, ".search button")
    press(page, ".services a[href*=pothole]")
    press(page)


def answer(page, where="12 Main Street", words="Deep."):
    """From the first question to the check."""
    page.fill("#id_label", where)
    press(page)
    page.check("[name=q-danger][value=yes]")
    page.fill("[name=q-words]", words)
    press(page)
    page.fill("[name=q-cars]", "They swerve.")
    press(page)
    page.fill("#id_name", "Elena Rivera")
    page.fill("#id_email", "elena.rivera@example.org")
    press(page)


def is_wider_than_the_window(page):
    """Must somebody scroll sideways?"""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
