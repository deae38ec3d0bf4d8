"""A phone or a laptop that holds passkeys, in a real browser."""

import pytest

from townline.conftest import StaffClient

LOCK = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A browser at the installation's address, with the virtual authenticator of Chromium."""

    def __init__(self, page, home):
        self.page, self.home = page, home
        page.set_default_timeout(8000)
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        self.id = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": LOCK})["authenticatorId"]

    def go(self, address):
        """Open an address, once the page before has come to rest: a script may have sent it on."""
        self.page.wait_for_load_state("networkidle")
        self.page.goto(self.home + address)
        return self.page

    def become(self, user):
        keys = StaffClient()
        keys.force_login(user)
        self.page.context.add_cookies([{"name": "session", "value": keys.cookies["session"].value, "url": self.home}])

    def lock(self):
        """Whoever holds it does not show who they are."""
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})

    def press(self, label):
        self.page.click(f"townline-passkey button:has-text('{label}')")


@pytest.fixture
def device(look, live_server, settings):
    """`localhost`, because a passkey belongs to a name and not to a number."""
    settings.BASE_URL = live_server.url.replace("127.0.0.1", "localhost")
    return Device(look("/sign-in/back/", bypass_csp=True), settings.BASE_URL)
