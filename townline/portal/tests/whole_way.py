"""The whole portal in eight steps (find, ask, check, done, track, add, not solved, account), with axe at every state.

The steps are one table; how one gets through them, by mouse or by keyboard alone, is a hand.
"""

import re

from townline.accounts.models import User
from townline.cases.models import Case
from townline.portal.tests.browsing import GO_ON, is_wider_than_the_window, press
from townline.portal.tests.keyboard import choose, go_to

LONG = "Donaudampfschifffahrtsgesellschaft" * 3
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
EMAIL = "elena.rivera@example.org"


class Mouse:
    """Clicks, and fills fields in."""

    def __init__(self, page):
        self.page = page

    def press(self, selector=GO_ON):
        press(self.page, selector)

    def fill(self, selector, text):
        self.page.fill(selector, text)

    def choose(self, selector, value):
        self.page.check(f"{selector}[value={value}]")


class Keyboard(Mouse):
    """Tab, Enter, Space and the arrows; the focus can be seen at each stop."""

    def press(self, selector=GO_ON):
        go_to(self.page, selector, "", "Enter")

    def fill(self, selector, text):
        go_to(self.page, selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, selector, value):
        choose(self.page, selector, value)


class WholeWay:
    """A customer on the way through the portal; `faults` are what axe found, and pages that are too wide."""

    def __init__(self, town, look, findings, prefix="", hand=Mouse, **options):
        self.town, self.look, self.findings, self.prefix, self.options = town, look, findings, prefix, options
        self.page = look(f"{prefix}/", **options)
        self.hand, self.faults, self.seen, self.mirror = hand(self.page), [], [], None

    @property
    def case(self):
        return Case.objects.get()

    def look_at(self, state):
        """What is wrong with the page as it is now."""
        self.seen.append(state)
        page = self._mirrored() if self.options.get("java_script_enabled") is False else self.page
        self.faults += [(state, one) for one in self.findings(page)]
        if is_wider_than_the_window(self.page):
            self.faults.append((state, "wider than the window"))

    def _mirrored(self):
        """What a browser without scripts shows, in one with: axe is a script itself."""
        shown = SCRIPT.sub("", self.page.content())
        self.mirror = self.mirror or self.look("/words/")
        self.mirror.unroute_all()
        self.mirror.route("**/mirror/", lambda route: route.fulfill(body=shown, content_type="text/html"))
        self.mirror.goto("/mirror/")
        return self.mirror

    def find(self):
        self.look_at("home")
        self.hand.fill("#q", LONG)
        self.hand.press(".search button")
        self.look_at("nothing found, long words")
        self.hand.fill("#q", "pothole")
        self.hand.press(".search button")
        self.look_at("found")
        self.hand.press(".services a[href*=pothole]")
        self.look_at("service")
        self.hand.press()

    def ask(self):
        self.look_at("where, empty")
        self.hand.press()
        self.look_at("where, error")
        self.hand.fill("#id_label", LONG)
        self.hand.press()
        self.look_at("questions, empty")
        self.hand.press()
        self.look_at("questions, error")
        self.hand.choose("[name=q-danger]", "no")
        self.hand.fill("[name=q-words]", LONG * 5)
        self.hand.press()
        self.look_at("about you, empty")
        self.hand.fill("#id_email", "nobody")
        self.hand.press()
        self.look_at("about you, error")
        self.hand.fill("#id_name", LONG)
        self.hand.fill("#id_email", EMAIL)
        self.hand.press()

    def check(self):
        assert LONG in self.page.inner_text("main")
        self.look_at("check, long words")
        self.hand.press()

    def done(self):
        assert self.case.reference in self.page.inner_text("main")
        self.look_at("done")

    def track(self):
        """From another browser, by reference and address."""
        self.page = self.look(f"{self.prefix}/track/", **self.options)
        self.hand = type(self.hand)(self.page)
        self.look_at("track, empty")
        self.hand.press()
        self.look_at("track, missing")
        self.hand.fill("#id_reference", self.case.reference)
        self.hand.fill("#id_proof", "other@example.org")
        self.hand.press()
        self.look_at("track, does not fit")
        self.hand.fill("#id_proof", EMAIL)
        self.hand.press()
        assert LONG in self.page.inner_text("main")
        self.look_at("tracked, long words")

    def add(self):
        self.hand.press("#add .govuk-button")
        self.look_at("add, error")
        self.hand.fill("#id_text", LONG * 5)
        self.hand.press("#add .govuk-button")
        assert self.case.messages.get().text == LONG * 5
        self.look_at("added, long words")

    def not_solved(self):
        self.case.take(by=self.town.ada)
        self.case.close(by=self.town.ada, outcome="done", words=LONG)
        self.page.reload()
        self.look_at("finished, long words")
        self.hand.press("main a[href*=not-solved]")
        self.look_at("not solved, empty")
        self.hand.press()
        self.look_at("not solved, error")
        self.hand.fill("#id_text", LONG * 5)
        self.hand.press()
        assert self.case.disputes == 1
        self.look_at("not solved, sent")

    def account(self):
        """Sign-in as far as a mistake; then their own list, empty for somebody else and full for them."""
        self.page.goto(f"{self.prefix}/account/")
        self.look_at("sign in")
        self.hand.press()
        self.look_at("sign in, error")
        self._account_of("nobody.yet@example.org")
        self.look_at("my requests, empty")
        self._account_of(EMAIL)
        self.look_at("my requests, long words")
        self.hand.press(f"main a[href*='{self.case.reference}']")
        assert LONG in self.page.inner_text("main")

    def _account_of(self, email):
        user = User.objects.create_user(email, name=LONG)
        user.emailaddress_set.create(email=email, verified=True, primary=True)
        self.page = self.look(f"{self.prefix}/account/", who=user, **self.options)
        self.hand = type(self.hand)(self.page)

    def go(self):
        """All eight steps, in order; the faults there were."""
        for step in STEPS:
            step(self)
        return self.faults


STEPS = (
    WholeWay.find, WholeWay.ask, WholeWay.check, WholeWay.done,
    WholeWay.track, WholeWay.add, WholeWay.not_solved, WholeWay.account,
)  # fmt: skip
