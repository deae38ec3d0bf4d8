"""Whether a look-up tells a stranger anything: the same words, and medians that lie within five percent.

A reference that exists and one that does not are asked for in turns with a proof that fits neither, and so is a
sign-in code for an address with an account and for one without. In one process and without the limit on
wrong tries, which would end the measurement after the tenth.
"""

import random
import re
import statistics
import time
from collections.abc import Callable

from django.core.cache import cache
from django.test import Client

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, Place, take_in
from townline.catalogue.models import Service
from townline.channels.models import Channel
from townline.core.references import make
from townline.site.bench.house import HOST, House
from townline.site.bench.report import Report

TRIES, APART = 2_000, 5
TOKENS = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]')


def measure(report: Report, house: House) -> None:
    """Ask in turns, and compare words and medians."""
    tries = 200 if report.quick else TRIES
    report.settings(tries=tries)
    service = Service.objects.get(code="pothole")
    contact = Contact(name="Invented Person", email="known@townline.example")
    townline = User.objects.system()
    cases = [
        take_in(Matter(service, place=Place(f"{n} Invented Street")), by=townline, channel=Channel.WEB, contact=contact)
        for n in range(20)
    ]
    known = [case.reference for case in cases]
    prefix = known[0].split("-")[0]
    _compare(
        report, "reference", tries, lambda is_known: _reference(random.choice(known) if is_known else make(prefix))
    )
    account = User.objects.create_user("known@townline.example", name="Invented Person")
    account.emailaddress_set.create(email=account.email, verified=True, primary=True)  # type: ignore[attr-defined]
    _compare(report, "account", tries, lambda is_known: _code("known" if is_known else "unknown"))


def _compare(report: Report, what: str, tries: int, ask: Callable[[bool], str]) -> None:
    """In turns, so that whatever else the machine does disturbs both alike."""
    times: dict[bool, list[float]] = {True: [], False: []}
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for number in range(tries):
        is_known = number % 2 == 0
        cache.clear()
        began = time.perf_counter()
        said = ask(is_known)
        times[is_known].append(time.perf_counter() - began)
        words[is_known].add(TOKENS.sub("", said))
    known, unknown = (statistics.median(times[one]) * 1000 for one in (True, False))
    report.figure(f"{what} that exists, median", known, "ms")
    report.figure(f"{what} that does not, median", unknown, "ms")
    report.at_most(f"{what}: answers with other words", len(words[True] ^ words[False]), 0)
    report.at_most(f"{what}: medians apart", 100 * abs(known - unknown) / min(known, unknown), APART, "%")


def _reference(reference: str) -> str:
    answer = Client(HTTP_HOST=HOST).post("/track/", {"reference": reference, "proof": "stranger@townline.example"})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def _code(name: str) -> str:
    """Asking for a code to sign in with, and the page that asks for it."""
    browser = Client(HTTP_HOST=HOST)
    answer = browser.post("/sign-in/login/code/", {"email": f"{name}@townline.example"})
    assert answer.status_code == 302, answer.status_code
    said = browser.get(answer["Location"]).content.decode()
    return f"{answer['Location']} {said.replace(f'{name}@', '')}"
