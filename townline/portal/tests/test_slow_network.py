"""The whole way on a network of 400 kbit/s with round trips of 400 ms, and what the pages weigh."""

import gzip
import time
from urllib.parse import urlsplit

import pytest

from townline.cases.models import Case
from townline.notices.tests.doings import published
from townline.portal.tests.browsing import answer, press, start
from townline.portal.tests.slow import SlowNetwork
from townline.portal.tests.walking import answer_everything, begin


@pytest.fixture
def slow(live_server):
    network = SlowNetwork(urlsplit(live_server.url).port)
    yield network
    network.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_request_is_sent_on_a_slow_network_in_under_a_minute(chromium, slow, pothole, scripts):
    context = chromium.new_context(base_url=slow.address, java_script_enabled=scripts)
    page = context.new_page()

    began = time.monotonic()
    page.goto("/")
    first = time.monotonic() - began
    start(page)
    answer(page)
    press(page)
    took = time.monotonic() - began
    shown = page.inner_text(".done .reference")
    context.close()

    assert shown == Case.objects.get().reference
    assert 1 < first < 6
    assert 8 < took < 60


def packed(response):
    """The bytes of a page as they travel."""
    return len(gzip.compress(response.content))


def test_the_pages_are_small(client, pothole, town):
    published(town)
    at = begin(client, pothole)
    steps = [client.get(f"{at}/where/")]
    answer_everything(client, at)
    steps += [client.get(f"{at}/{step}/") for step in ("q-what", "q-why", "you", "check")]
    client.post(f"{at}/check/")
    done = client.get(f"{at}/done/")

    assert max(packed(page) for page in [client.get("/"), client.get("/services/pothole/"), *steps]) <= 14 * 1024
    assert packed(done) <= 10 * 1024
