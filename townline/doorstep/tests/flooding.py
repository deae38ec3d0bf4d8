"""Somebody at the portal, from an address of their own on the network."""

from django.test import Client

SERVICE = "question"


def sender(address):
    """A browser at this address."""
    return Client(REMOTE_ADDR=address)


def send(browser, email="", name="Sam Sample", service=SERVICE, **more):
    """Ask a question by the portal; where its last page is."""
    at = browser.post(f"/services/{service}/start/")["Location"].rsplit("/", 2)[0]
    browser.post(f"{at}/you/", {"name": name, "email": email or "sam@example.org"})
    browser.post(f"{at}/check/", more)
    return f"{at}/done/"
