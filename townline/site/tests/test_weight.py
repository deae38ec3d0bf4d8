"""What a browser really loads for the front page, from the server as it is in use."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest

from townline.site.bench.weight import PAGE_REQUESTS, PAGE_SIZE, loaded_by

pytestmark = pytest.mark.browser
PATIENCE = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_ready(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture
def served(tmp_path):
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "townline.site.settings",
        "TOWNLINE_DEMO": "true",
        "TOWNLINE_VAR": str(tmp_path),
        "TOWNLINE_STATIC": str(tmp_path / "static"),
    }
    command = [sys.executable, "-m", "townline", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE
    while not is_ready(port):
        assert server.poll() is None, "The server did not start."
        assert time.monotonic() < until, "The server did not answer."
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.send_signal(signal.SIGINT)
    server.wait(30)


@pytest.fixture
def loaded(chromium, served):
    """The bytes that Chromium takes for each address of the front page."""
    context = chromium.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    sizes, addresses = {}, {}
    network.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    network.on(
        "Network.loadingFinished", lambda done: sizes.update({addresses[done["requestId"]]: done["encodedDataLength"]})
    )
    network.send("Network.enable")
    page.goto(served, wait_until="networkidle")
    yield sizes, page.content()
    context.close()


def test_the_front_page_takes_few_requests_and_few_bytes(loaded):
    sizes, html = loaded

    assert len(sizes) <= PAGE_REQUESTS, sizes
    assert sum(sizes.values()) <= PAGE_SIZE * 1024, sizes
    assert len(loaded_by(html)) <= PAGE_REQUESTS - 1
