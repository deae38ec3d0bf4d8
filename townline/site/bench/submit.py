"""The whole way of a submission through the portal, against the bare rows in the same run.

Product and raw runs take turns, so that whatever else the machine does meets
both; the gate is the median of the rounds' ratios.
"""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from townline.cases.models import Case
from townline.jobs.models import Job
from townline.site.bench import raw
from townline.site.bench.errands import Browser, Errand, prepare, timed
from townline.site.bench.house import House
from townline.site.bench.report import Report, quantile

GOAL = 0.05
HALF_LOAD = {"SQLite": 250, "PostgreSQL": 100}
CLIENTS = 8
RAW_PROCESSES = {"SQLite": 1, "PostgreSQL": 4}
"""What gets the most out of each: SQLite has one writer, PostgreSQL commits several together."""


def measure(report: Report, house: House) -> None:
    """Submissions a second, their share of the raw rate, and how long one takes at half load."""
    rounds, seconds = (2, 3.0) if report.quick else (5, 6.0)
    web, bare = os.cpu_count() or 1, RAW_PROCESSES[report.database]
    report.settings(web_processes=web, clients=CLIENTS, raw_processes=bare, rounds=f"{rounds} of {seconds:.0f} s")
    house.web(web)
    browsers = [Browser(house.port) for _ in range(max(CLIENTS, 24))]
    tables = _warm_up(browsers[:CLIENTS])
    drafts = [errand.draft_id for errand in prepare(200)]
    rates = []
    for _ in range(rounds):
        limit = raw.rate(tables, drafts, bare, seconds / 2)
        rates.append((capacity(browsers[:CLIENTS], seconds), limit))
    portal, limit = median(ours for ours, _ in rates), median(limit for _, limit in rates)
    report.figure("raw rows of a submission", limit, "a second")
    report.figure("submissions through the portal", portal, "a second")
    report.at_least("share of the raw rate", 100 * median(ours / limit for ours, limit in rates), 100 * GOAL, "%")
    took = half_load(browsers, portal / 2, seconds * 2, report.seed)
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        report.figure(f"{name} at half load", 1000 * quantile(took, share), "ms")
    report.figure("p99 at half load", 1000 * quantile(took, 0.99), "ms", f"{HALF_LOAD[report.database]} ms")


def _warm_up(browsers: list[Browser]) -> list[tuple[str, raw.Rows]]:
    """Let every server process have served, and read what one submission writes."""
    for number, errand in enumerate(prepare(60)):
        timed(browsers[number % len(browsers)], errand)
    (errand,) = prepare(1)
    before = Job.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    timed(browsers[0], errand)
    case = Case.objects.get(drafts=errand.draft_id)
    interaction = case.interactions.get()
    return raw.pattern(id=case.pk, customer_id=case.customer_id or 0, interaction_id=interaction.pk, job_id=before)


def capacity(browsers: list[Browser], seconds: float) -> float:
    """Submissions a second when every browser sends the next as soon as the last is answered."""
    errands = iter(prepare(int(seconds * 500)))
    until = time.perf_counter() + seconds
    done: list[float] = []

    def busy(browser: Browser) -> None:
        while time.perf_counter() < until and (errand := next(errands, None)):
            timed(browser, errand)
            done.append(time.perf_counter())

    began = time.perf_counter()
    _at_once(busy, browsers)
    return len(done) / (max(done) - began)


def half_load(browsers: list[Browser], rate: float, seconds: float, seed: int) -> list[float]:
    """Seconds of each submission when they come at random moments at this rate, waiting for a browser included."""
    chance = random.Random(seed)
    ready = prepare(max(20, int(rate * seconds)))
    due = iter(list(_moments(ready, chance, rate)))
    took: list[float] = []
    lock = threading.Lock()

    def patient(browser: Browser) -> None:
        while True:
            with lock:
                moment, errand = next(due, (0.0, None))
            if errand is None:
                return
            time.sleep(max(0.0, began + moment - time.perf_counter()))
            took.append(timed(browser, errand, since=began + moment))

    began = time.perf_counter() + 0.2
    _at_once(patient, browsers)
    return took


def _moments(errands: list[Errand], chance: random.Random, rate: float) -> Iterator[tuple[float, Errand]]:
    moment = 0.0
    for errand in errands:
        moment += chance.expovariate(rate)
        yield moment, errand


def _at_once(act: Callable[[Browser], Any], browsers: list[Browser]) -> None:
    """Let each browser do this in a thread of its own; one that fails fails the measurement."""
    failures: list[BaseException] = []

    def guarded(browser: Browser) -> None:
        try:
            act(browser)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
