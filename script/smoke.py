"""Starts `script/server` as a person would, looks at a public page and a staff page, and stops it; twice.

The first start may take two minutes and the second five seconds; how long they
took is printed. The data lies in a folder of its own.
"""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLD, WARM = 120.0, 5.0
PATIENCE = 300.0
STOP = 20.0


class Person:
    """Somebody with a browser that keeps cookies and runs no scripts."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, path: str, **form: str) -> str:
        """The page at this address; with a form, the page it leads to. An error is raised, and so is another page."""
        body = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.base + path, body, {"Referer": self.base + path})
        with self.opener.open(request, timeout=20) as response:
            if not form and response.url != self.base + path:
                sys.exit(f"{path} led to {response.url}")
            page: str = response.read().decode()
            return page

    def sign_in(self, who: str) -> str:
        """Choose somebody of the demonstration's cast."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.open("/demo/"))
        return self.open("/demo/", who=who, csrfmiddlewaretoken=token[1] if token else "")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    """Does anything take connections there?"""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def server(port: int, folder: str) -> Iterator[float]:
    """A running server and the seconds it took; stopped with Ctrl-C, completely."""
    began = time.monotonic()
    environment = {**os.environ, "TOWNLINE_VAR": folder}
    process = subprocess.Popen(["script/server", "--port", str(port)], cwd=ROOT, env=environment)
    try:
        person = Person(f"http://127.0.0.1:{port}")
        while not is_listening(port) or not person.open("/healthz"):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                sys.exit("script/server did not start.")
            time.sleep(0.05)
        yield time.monotonic() - began
        process.send_signal(signal.SIGINT)
        code = process.wait(STOP)
        if code or is_listening(port):
            sys.exit(f"script/server did not stop cleanly (exit code {code}).")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(STOP)


def look(port: int) -> None:
    """The portal's home as anybody; the desk as the representative on duty."""
    person = Person(f"http://127.0.0.1:{port}")
    for name, page in (("/", person.open("/")), ("/desk/", (person.sign_in("ada"), person.open("/desk/"))[1])):
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        print(f"200 {name} {len(page)} characters, “{' '.join(title[1].split()) if title else ''}”", flush=True)
    print(f"200 /readyz {person.open('/readyz')}", flush=True)


def main() -> None:
    """Start, look, stop; and again."""
    with tempfile.TemporaryDirectory(prefix="townline-smoke-") as folder:
        port = free_port()
        for name, most in (("first", COLD), ("second", WARM)):
            with server(port, folder) as seconds:
                look(port)
            verdict = "in time" if seconds <= most else "LATE: too long on a quiet machine"
            print(f"{name} start: {seconds:.1f} s (at most {most:.0f}) – {verdict}", flush=True)


if __name__ == "__main__":
    main()
