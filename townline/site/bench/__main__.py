"""Measures what Townline promises, on the database that `DATABASE_URL` names (a server to make databases on) or SQLite.

Milliseconds are printed to be read. What decides is a ratio within the same
run, or a count: with one gate failed, the exit code is 1.
"""

import argparse
import hashlib
import random
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from townline.site.bench.house import move_in, vendor
from townline.site.bench.report import Report
from townline.site.processes import command_of

PACKAGE = "townline.site.bench"
PLACE = Path(__file__).parent


class Measurement(NamedTuple):
    """What is measured by the module of this name, and the settings its installation needs."""

    what: str
    environment: dict[str, str] = {}
    keeps: bool = False
    databases: tuple[str, ...] = ("SQLite", "PostgreSQL")


MEASUREMENTS = {
    "submit": Measurement("a request sent through the portal, against the same rows in bare SQL"),
    "routing": Measurement("deciding where a case goes: the rules alone, and as a share of taking a case in"),
    "writers": Measurement("how long eight writers of one SQLite file wait", databases=("SQLite",)),
    "lists": Measurement("the desk’s lists at a million cases", {"TOWNLINE_DEMO": "true"}, keeps=True),
    "clocks": Measurement("promises worked out again, and the sweep that tells of them"),
    "audit": Measurement("a million events held against their chain, and what sealing costs"),
    "load": Measurement("sixty people at the desk and twenty on the portal, at a million cases"),
    "soak": Measurement("kill -9 of the web server and the worker under load", {"TOWNLINE_JOB_LEASE": "2"}),
    "flood": Measurement("ten thousand bogus reports and two hundred genuine ones", {"TOWNLINE_HOLD_AFTER": "5"}),
    "lookups": Measurement("whether a look-up tells a stranger anything by how long it takes"),
    "weight": Measurement("memory of a web process, size of the front page"),
}


def arguments() -> argparse.Namespace:
    """What was asked for."""
    names = "\n".join(f"  {name:<10} {one.what}" for name, one in MEASUREMENTS.items())
    parser = argparse.ArgumentParser(
        "script/bench", description=__doc__, epilog=f"measurements:\n{names}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--only", metavar="NAME", choices=MEASUREMENTS, action="append", help="one of those below")
    parser.add_argument("--quick", action="store_true", help="shorter, with fewer rows; the figures mean less")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    return parser.parse_args()


def one(name: str, seed: int, quick: bool) -> int:
    """Measure one thing, in an installation of its own."""
    report = Report(name, vendor(), seed, quick)
    kept = _kept(quick) if MEASUREMENTS[name].keeps else None
    with move_in(MEASUREMENTS[name].environment, kept) as house:
        import_module(f"{PACKAGE}.{name}").measure(report, house)
    return 1 if report.failed else 0


def _kept(quick: bool) -> Path:
    """Where cases that take long to make are kept on SQLite; gone when the tables or the way they are made change."""
    sources = [PLACE / "many.py", *sorted(PLACE.parents[1].glob("*/migrations/*.py"))]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    kind = "fewer" if quick else "many"
    kept = Path("var/bench", f"{kind}-{digest}.sqlite3").resolve()
    for other in kept.parent.glob(f"{kind}-*"):
        if not other.name.startswith(kept.name):
            other.unlink()
    return kept


def main() -> int:
    """Measure what was asked for, each in a process of its own; say at the end what failed."""
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    names = [name for name in asked.only or MEASUREMENTS if vendor() in MEASUREMENTS[name].databases]
    if len(names) == 1:
        return one(names[0], asked.seed, asked.quick)
    more = ["--seed", str(asked.seed), *(["--quick"] if asked.quick else [])]
    failed = [n for n in names if subprocess.run([*command_of(PACKAGE), "--only", n, *more]).returncode]
    verdict = f"failed: {', '.join(failed)}" if failed else "every gate passed"
    sys.stdout.write(f"\n{vendor()}: {verdict}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
