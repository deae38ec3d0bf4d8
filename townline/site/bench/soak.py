"""kill -9 of the web server and of the worker while customers send requests.

A customer who gets no answer sends the same draft again, as anybody would, and
some send it twice in any case. A request is acknowledged when its page with
the reference was seen. A worker is killed with a job in hand: it is stopped
first, to see that it holds one.
"""

import os
import random
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

from django.db import Error, connection

from townline.jobs.models import Job, State
from townline.site.bench import checking
from townline.site.bench.errands import Browser, Errand, prepare
from townline.site.bench.house import House
from townline.site.bench.report import Report

CLIENTS = 6
TWICE = 0.05
REFERENCE = re.compile(r"\b[A-Z]{1,4}(?:-[0-9A-Z]{4}){2}-[0-9A-Z]\b")
PAUSE = (0.5, 2.0)
CATCH = 20.0
DRAIN = 300.0


@dataclass
class Ledger:
    """What the customers saw: the reference of each draft that was acknowledged."""

    references: dict[int, str] = field(default_factory=dict)
    changed: list[int] = field(default_factory=list)
    unanswered: int = 0

    def note(self, errand: Errand, reference: str) -> None:
        """A reference was seen; it must not be another one than before."""
        if self.references.setdefault(errand.draft_id, reference) != reference:
            self.changed.append(errand.draft_id)


class Customers:
    """Some customers who send one draft after the other, until they are told to stop."""

    def __init__(self, house: House, ledger: Ledger, errands: list[Errand], seed: int) -> None:
        self.ledger = ledger
        self.over = threading.Event()
        shares = [errands[number::CLIENTS] for number in range(CLIENTS)]
        self.threads = [
            threading.Thread(target=self._send_all, args=[Browser(house.port, 10), share, random.Random(seed + number)])
            for number, share in enumerate(shares)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish the draft at hand."""
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _send_all(self, browser: Browser, errands: list[Errand], chance: random.Random) -> None:
        for errand in errands:
            if self.over.is_set():
                return
            self._send(browser, errand)
            if chance.random() < TWICE:
                self._send(browser, errand)

    def _send(self, browser: Browser, errand: Errand) -> None:
        while not (browser.send(errand) and (page := browser.read(errand))):
            self.ledger.unanswered += 1
            time.sleep(0.05)
        found = REFERENCE.search(page)
        self.ledger.note(errand, found[0] if found else "none")


def measure(report: Report, house: House) -> None:
    """Kill each so many times, let things settle, and look whether everything that was acknowledged is there."""
    kills = 5 if report.quick else 25
    report.settings(clients=CLIENTS, kills=f"{kills} of the web server and {kills} of the worker")
    chance = random.Random(report.seed)
    ledger = Ledger()
    web, worker = house.web(os.cpu_count() or 1), house.worker()
    customers = Customers(house, ledger, prepare(kills * 600), report.seed)
    customers.start()
    backs: list[float] = []
    interrupted: set[int] = set()
    for _ in range(kills):
        time.sleep(chance.uniform(*PAUSE))
        house.kill(web)
        began = time.monotonic()
        web = house.web(os.cpu_count() or 1)
        backs.append(time.monotonic() - began)
        time.sleep(chance.uniform(*PAUSE))
        interrupted |= _kill_with_a_job(house, worker)
        worker = house.worker()
    customers.stop()
    _settle()
    report.figure("answers that did not come", ledger.unanswered, "")
    report.figure("web server back after, p50", median(backs), "s")
    report.figure("web server back after, at most", max(backs), "s")
    _judge(report, house, ledger, interrupted, kills)


def _judge(report: Report, house: House, ledger: Ledger, interrupted: set[int], kills: int) -> None:
    report.at_least("requests acknowledged", len(ledger.references), 1)
    report.at_most("references that changed", len(ledger.changed), 0)
    for name, wrong in checking.all_faults(ledger.references).items():
        report.at_most(name, wrong, 0)
    report.at_least("jobs left by a worker that was killed", len(interrupted), kills // 2)
    again = Job.objects.filter(pk__in=interrupted, state=State.DONE, attempts__gte=2).count()
    report.at_least("of these done by another worker", again, len(interrupted))
    report.at_most("jobs given up or left", Job.objects.exclude(state=State.DONE).filter(slot=None).count(), 0)
    letters = len(list((house.folder / "outbox").glob("*.eml")))
    report.at_most("letters sent twice", letters - checking.mails_sent(), len(interrupted))


def _kill_with_a_job(house: House, worker: subprocess.Popen[bytes]) -> set[int]:
    """Kill the worker when it holds a job, or at last without; the jobs it left behind.

    What it had sent to the database by then is still done there, so they are asked for a moment later.
    """
    until = time.monotonic() + CATCH
    while time.monotonic() < until:
        os.kill(worker.pid, signal.SIGSTOP)
        if _held_by(worker.pid):
            break
        os.kill(worker.pid, signal.SIGCONT)
        time.sleep(0.01)
    house.kill(worker)
    time.sleep(0.3)
    return _held_by(worker.pid)


def _held_by(process: int) -> set[int]:
    return set(Job.objects.filter(state=State.LEASED, worker__endswith=f":{process}").values_list("pk", flat=True))


def _settle() -> None:
    """Wait until the worker has done everything that is due."""
    _until(lambda: not Job.objects.live().filter(slot=None).exists(), DRAIN)


def _until(is_so: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(Error):
            if is_so():
                return
        connection.close()
        time.sleep(0.5)
