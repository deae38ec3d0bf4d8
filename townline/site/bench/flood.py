"""Ten thousand bogus reports from fifty addresses, with two hundred genuine ones among them.

The genuine ones come from addresses of their own, and eighty of them from one, as behind the address of a
library, a school or a telephone company. What is bogus may hardly reach a queue, and what is genuine
is never lost: it is a case, or it waits with a reference until staff let it in.
"""

import random
import threading
import time
from http.client import HTTPConnection

from townline.accounts.models import User
from townline.cases.models import Draft
from townline.doorstep.holding import release_all
from townline.doorstep.models import Held
from townline.site.bench.errands import Browser, Errand, prepare
from townline.site.bench.house import HOST, House
from townline.site.bench.report import Report

BOGUS, GENUINE, SHARED, PLACES = 10_000, 200, 80, 50
LIBRARY = "127.0.3.1"
THREADS = 4


def measure(report: Report, house: House) -> None:
    """Serve, send all of it in a mixed order, and count where each ended."""
    bogus = 1_000 if report.quick else BOGUS
    report.settings(bogus=bogus, addresses=PLACES, genuine=GENUINE, behind_one_address=SHARED, web_processes=1)
    house.web(1)
    begun = prepare(bogus + GENUINE)
    theirs, ours = begun[:bogus], begun[bogus:]
    posts = [(one, f"127.0.1.{number % PLACES + 1}") for number, one in enumerate(theirs)]
    posts += [(one, LIBRARY if at < SHARED else f"127.0.2.{at}") for at, one in enumerate(ours)]
    random.Random(report.seed).shuffle(posts)
    began = time.perf_counter()
    unanswered = _send(house.port, posts)
    report.figure("all of it sent", time.perf_counter() - began, "s")
    cases, held = _ended(theirs)
    report.at_most("bogus reports without a reference", unanswered, 0)
    if report.quick:
        report.figure("bogus reports that reached a queue", cases, f"of {bogus:,}")
    else:
        report.at_most("bogus reports that reached a queue", 100 * cases / bogus, 1, "%")
    report.figure("bogus reports that wait", held, f"of {bogus:,}")
    cases, held = _ended(ours)
    report.figure("genuine reports that reached a queue at once", cases, f"of {GENUINE}")
    report.figure("genuine reports that waited", held, f"of {GENUINE}")
    report.at_least("genuine reports that are there", cases + held, GENUINE)
    _let_in(ours)
    report.at_least("genuine reports that are cases once let in", _ended(ours)[0], GENUINE)


def _send(port: int, posts: list[tuple[Errand, str]]) -> int:
    """From four threads; how many were not answered with the page that has the reference."""
    missed: list[int] = []
    threads = [threading.Thread(target=_walk, args=[port, posts[n::THREADS], missed]) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(missed)


def _walk(port: int, posts: list[tuple[Errand, str]], missed: list[int]) -> None:
    browsers: dict[str, Browser] = {}
    count = 0
    for errand, address in posts:
        browser = browsers.setdefault(address, _at(address, port))
        # A connection that breaks off is tried once more, as anybody presses again.
        count += not (browser.send(errand) or browser.send(errand))
    missed.append(count)


def _at(address: str, port: int) -> Browser:
    """A browser with an address of its own; every one of 127/8 is this machine."""
    browser = Browser(port)
    browser.connection = HTTPConnection(HOST, port, timeout=60, source_address=(address, 0))
    return browser


def _ended(errands: list[Errand]) -> tuple[int, int]:
    """How many became a case, and how many wait."""
    mine = [errand.draft_id for errand in errands]
    cases = held = 0
    for start in range(0, len(mine), 500):
        some = Draft.objects.filter(pk__in=mine[start : start + 500])
        cases += some.filter(case__isnull=False).count()
        held += some.filter(is_held=True).count()
    return cases, held


def _let_in(errands: list[Errand]) -> None:
    """As staff do it: everything from the places where something genuine waits."""
    mine = [errand.draft_id for errand in errands]
    sources = Held.objects.waiting().filter(draft__in=mine).values_list("source", flat=True).distinct()
    newest = Held.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    for source in list(sources):
        release_all.call(source=source, by_id=User.objects.system().pk or 0, up_to=newest)
