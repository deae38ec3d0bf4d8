"""A working day in a few minutes: sixty people at the desk and twenty on the portal, with time to think.

Each kind of page is first asked for alone, then by everybody together; what
decides is how many times longer a page then takes than its own single-user time.
Bounded in time and in number, and nothing leaves this machine.
"""

import os
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

from townline.accounts.models import Department, Role, User
from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.site.bench import plans
from townline.site.bench.errands import Browser, Errand, prepare
from townline.site.bench.house import House
from townline.site.bench.many import Many
from townline.site.bench.report import Report, quantile
from townline.site.bench.visitors import sign_in_all

DESK, PORTAL = 60, 20
THINK = (2.0, 8.0)
QUERIES, TIMES, GOAL = 12, 3.0, 300.0
ALONE = 15
"""So many times each kind of page is asked for alone."""


@dataclass
class Plan:
    """What there is to look at."""

    departments: list[Department]
    services: list[str]
    references: list[str]

    def desk(self, chance: random.Random, department: str) -> tuple[str, str]:
        """What a clerk opens next: the kind of page, and its address."""
        roads = f"/desk/work/department/{department}"
        kinds: list[tuple[int, str, Callable[[], str]]] = [
            (30, "a case", lambda: f"/desk/cases/{chance.choice(self.references)}/"),
            (20, "list of a department", lambda: f"{roads}/open/"),
            (8, "list with filters", lambda: f"{roads}/open/?{urlencode({'channel': 'phone', 'language': 'en'})}"),
            (5, "list, newest first", lambda: f"{roads}/open/?order=newest"),
            (5, "late in all departments", lambda: "/desk/work/all/overdue/"),
            (5, "all cases, newest first", lambda: "/desk/work/all/newest/"),
            (20, "what has changed", lambda: f"/desk/changes?whose=department&which=open&code={department}&event=1"),
            (7, "new interaction", lambda: "/desk/interactions/new/"),
        ]
        weights = [weight for weight, _name, _address in kinds]
        _weight, name, address = chance.choices(kinds, weights)[0]
        return name, address()

    def portal(self, chance: random.Random) -> tuple[str, str]:
        """What a customer opens next."""
        kinds = [
            ("front page", "/"),
            ("service page", f"/services/{chance.choice(self.services)}/"),
            ("tracking", "/track/"),
        ]
        return chance.choice(kinds)


@dataclass
class Times:
    """How long each kind of page took, and what was not answered."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def ask(self, browser: Browser, name: str, address: str, cookie: str = "") -> None:
        """Open a page."""
        began = time.perf_counter()
        status = browser.get(address, cookie).status
        self.took[name].append(time.perf_counter() - began)
        if status != 200:
            self.wrong.append(f"{name}: {status}")

    def send(self, browser: Browser, errand: Errand) -> None:
        """Send a request through the portal."""
        began = time.perf_counter()
        is_taken = browser.send(errand)
        self.took["a request is sent"].append(time.perf_counter() - began)
        if not is_taken:
            self.wrong.append("a request is sent")


def measure(report: Report, house: House) -> None:
    """Alone, then together; and how many questions each page asks of the database."""
    cases, seconds = (20_000, 20.0) if report.quick else (1_000_000, 180.0)
    processes = os.cpu_count() or 1
    report.settings(cases=f"{cases:,}", desk=DESK, portal=PORTAL, seconds=int(seconds), web_processes=processes)
    Many(cases, 1).write()
    plan = _plan(report.seed)
    users = _staff(plan.departments)
    cookies = sign_in_all(users)
    errands = prepare(int(PORTAL * seconds / sum(THINK)) + ALONE)
    _count_queries(report, plan, users[0])
    house.web(processes)
    house.worker()
    alone = _alone(house, plan, cookies[0], errands[:ALONE], report.seed)
    together = _together(house, plan, cookies, errands[ALONE:], seconds, report.seed)
    _tell(report, alone, together, seconds)


def _plan(seed: int) -> Plan:
    chance = random.Random(seed)
    newest = Case.objects.order_by("-pk").values_list("reference", flat=True)
    known = list(newest[:2000])
    services = Service.objects.offered().values_list("code", flat=True)
    departments = list(Department.objects.filter(services__isnull=False).distinct())
    return Plan(departments, list(services), chance.sample(known, min(500, len(known))))


def _staff(departments: list[Department]) -> list[User]:
    """People who may see everything, each in one of the departments."""
    role = Role.objects.create(
        code="load", name={"en": "Load"},
        grants=["intake.take", "case.read", "case.read_all", "case.work", "case.supervise", "customer.read"],
    )  # fmt: skip
    made = []
    for number in range(DESK):
        user = User.objects.create_user(f"desk-{number}@townline.example", kind=User.Kind.STAFF, name=f"Desk {number}")
        user.roles.set([role])
        user.departments.set([departments[number % len(departments)]])
        made.append(user)
    return made


def _count_queries(report: Report, plan: Plan, user: User) -> None:
    """Each page of the desk once, in this process."""
    client, chance = Client(HTTP_HOST="localhost"), random.Random(1)
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    from townline.site.bench.visitors import second_factor_of

    session = client.session
    session.update(second_factor_of(user))
    session.save()
    asked: dict[str, int] = {}
    while len(asked) < 8:
        name, address = plan.desk(chance, plan.departments[0].code)
        client.get(address)
        asked[name] = len(plans.asked(lambda address=address: client.get(address)))  # type: ignore[misc]
    connection.close()
    for name, count in sorted(asked.items()):
        report.at_most(f"questions: {name}", count, QUERIES)


def _alone(house: House, plan: Plan, cookie: str, errands: list[Errand], seed: int) -> Times:
    """Every kind of page, by one person, with nobody else about."""
    times, browser, chance = Times(), Browser(house.port), random.Random(seed)
    for _ in range(ALONE * 20):
        name, address = plan.desk(chance, plan.departments[0].code)
        if len(times.took[name]) < ALONE + 2:
            times.ask(browser, name, address, cookie)
        name, address = plan.portal(chance)
        if len(times.took[name]) < ALONE + 2:
            times.ask(browser, name, address)
    for errand in errands:
        times.send(browser, errand)
    for found in times.took.values():
        del found[:2]
    return times


def _together(house: House, plan: Plan, cookies: list[str], errands: list[Errand], seconds: float, seed: int) -> Times:
    """Everybody at once, each at their own pace, until the time is over."""
    times, until = Times(), time.monotonic() + seconds

    def clerk(number: int) -> None:
        browser, chance = Browser(house.port), random.Random(seed + number)
        department = plan.departments[number % len(plan.departments)].code
        for _ in _paces(chance, until):
            times.ask(browser, *plan.desk(chance, department), cookies[number])

    def customer(number: int) -> None:
        browser, chance = Browser(house.port), random.Random(seed + 1000 + number)
        mine = iter(errands[number::PORTAL])
        for turn in _paces(chance, until):
            errand = next(mine, None) if turn % 5 == 4 else None
            if errand:
                times.send(browser, errand)
            else:
                times.ask(browser, *plan.portal(chance))

    people = [threading.Thread(target=clerk, args=[number]) for number in range(DESK)]
    people += [threading.Thread(target=customer, args=[number]) for number in range(PORTAL)]
    with _running(people):
        pass
    return times


def _paces(chance: random.Random, until: float) -> Iterator[int]:
    """One turn after a while of thinking, as long as there is time."""
    turn = 0
    time.sleep(chance.uniform(0, THINK[1]))
    while time.monotonic() < until:
        yield turn
        turn += 1
        time.sleep(chance.uniform(*THINK))


@contextmanager
def _running(people: list[threading.Thread]) -> Iterator[None]:
    for one in people:
        one.start()
    yield
    for one in people:
        one.join()


def _tell(report: Report, alone: Times, together: Times, seconds: float) -> None:
    pages = sum(len(found) for found in together.took.values())
    report.figure("pages a second, all together", pages / seconds, "")
    report.at_most("pages that were not answered", len(together.wrong) + len(alone.wrong), 0)
    for what, count in sorted(Counter(alone.wrong + together.wrong).items()):
        report.figure(f"not answered: {what}", count, "")
    for name, found in sorted(together.took.items()):
        goal = f"{GOAL:.0f} ms" if "list" in name or name == "a case" else ""
        report.figure(f"{name}, alone p50", 1000 * median(alone.took[name]), "ms")
        for share in (0.5, 0.95, 0.99):
            report.figure(
                f"{name}, p{share * 100:.0f}", 1000 * quantile(found, share), "ms", goal if share == 0.95 else ""
            )
        report.at_most(f"{name}, times its own", median(found) / median(alone.took[name]), TIMES)
