"""How much a web process holds after a thousand requests, and how much the front page sends.

Sizes are those of the answers as they travel, headers included.
"""

import gzip
import re
import subprocess
import threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from townline.catalogue.models import Door, Service
from townline.site.bench.errands import Answer, Browser, Errand, prepare, timed
from townline.site.bench.house import House
from townline.site.bench.report import Report

MEMORY = 150
PAGE_SIZE, PAGE_REQUESTS = 60, 6
LOADED = {"stylesheet", "icon", "preload", "modulepreload"}
AS_A_BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


def measure(report: Report, house: House) -> None:
    """Serve, then weigh the server and the front page."""
    requests = 200 if report.quick else 1000
    report.settings(requests=requests, web_processes=1, threads=4)
    server = house.web(1)
    before = memory_of(only_child_of(server))
    _visit(house, requests)
    report.figure("web process at the start", before, "MB")
    report.at_most(f"web process after {requests:,} requests", memory_of(only_child_of(server)), MEMORY, "MB")
    for path in ("/", "/fr/", "/services/pothole/"):
        sizes = weigh(Browser(house.port), path)
        for address, size in sizes.items():
            report.figure(f"  {address[:44]}", size / 1024, "KB")
        report.at_most(f"{path}, as transferred", sum(sizes.values()) / 1024, PAGE_SIZE, "KB")
        report.at_most(f"{path}, requests", len(sizes), PAGE_REQUESTS)


def _visit(house: House, requests: int) -> None:
    """Customers on all pages of the portal; one in ten sends a request."""
    services = [f"/services/{service.code}/" for service in Service.objects.offered()]
    doors = [f"/doors/{door}/" for door in Door.public()]
    pages = ["/", "/fr/", "/find/?q=pothole", "/words/", "/track/", *doors, *services]
    errands = prepare(requests // 10)
    threads = [threading.Thread(target=_walk, args=[house.port, pages, errands[n::4], requests // 4]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _walk(port: int, pages: list[str], errands: list[Errand], count: int) -> None:
    browser = Browser(port)
    waiting = iter(errands)
    for number in range(count):
        errand = next(waiting, None) if number % 10 == 0 else None
        if errand:
            timed(browser, errand)
        else:
            assert browser.get(pages[number % len(pages)], **AS_A_BROWSER).status == 200, pages[number % len(pages)]


def only_child_of(server: subprocess.Popen[bytes]) -> int:
    """The process that serves, below the one that watches it."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    named = [child for child in children if "granian" in Path(f"/proc/{child}/cmdline").read_text()]
    return int((named or children)[-1])


def memory_of(process: int) -> float:
    """What a process holds in memory, in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) / 1024


def weigh(browser: Browser, path: str) -> dict[str, int]:
    """The page and all that it loads, with the bytes that each answer takes."""
    page = browser.get(path, **AS_A_BROWSER)
    sizes = {path: _size(page)}
    for address in loaded_by(text_of(page)):
        if address not in sizes:
            part = browser.get(urljoin(path, address), **AS_A_BROWSER)
            assert part.status == 200, f"{address} answered {part.status}."
            assert not re.search(r"@import|url\((?!['\"]?data:)|^import\s", text_of(part), re.M), (
                f"{address} loads more."
            )
            sizes[address] = _size(part)
    return sizes


def text_of(answer: Answer) -> str:
    """The words of an answer, unpacked."""
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(answer.body) if packed else answer.body).decode()


def _size(answer: Answer) -> int:
    return len("HTTP/1.1 200 OK\r\n\r\n") + len(answer.headers.as_bytes()) + len(answer.body)


class Loads(HTMLParser):
    """Collects what a page makes a browser load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Style sheets, icons, scripts, pictures."""
        given = dict(attributes)
        if (tag == "link" and given.get("rel") in LOADED and given.get("href")) or (
            tag in ("script", "img") and given.get("src")
        ):
            self.found.append(str(given.get("href") or given.get("src")))


def loaded_by(page: str) -> list[str]:
    """The addresses that this page loads."""
    parser = Loads()
    parser.feed(page)
    return parser.found
