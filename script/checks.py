"""All checks, one after the other; the last lines say which failed."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
PYTHON = str(BIN / "python")
PYTEST = [PYTHON, "-m", "pytest"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Check(NamedTuple):
    """Something that can fail: its name, and what runs it and gives an exit code."""

    name: str
    run: Callable[[], int]


def command(name: str, *arguments: str | Path, **environment: str) -> Check:
    """A check that is one command; what it prints is shown."""
    return Check(name, lambda: call(*arguments, **environment))


def call(*arguments: str | Path, **environment: str) -> int:
    """Run a command in the checkout, with the settings for tests."""
    settings = {"DJANGO_SETTINGS_MODULE": "townline.site.test_settings", "TOWNLINE_SECRET_KEY": "only-for-checks"}
    given = {**os.environ, **settings, **environment}
    return subprocess.run([str(argument) for argument in arguments], cwd=ROOT, env=given).returncode


def templates() -> int:
    """Are all templates written in one format?"""
    paths = [str(path) for path in sorted((ROOT / "townline").rglob("templates/**/*.html"))]
    return call(BIN / "djade", "--check", "--target-version", "5.2", *paths) if paths else 0


def still() -> list[Check]:
    """What reads the source without running it, and the little that runs it briefly."""
    townline = [PYTHON, "-m", "townline"]
    return [
        command("format", BIN / "ruff", "format", "--check", "--output-format=concise", "."),
        command("lint", BIN / "ruff", "check", "--output-format=concise", "."),
        Check("template format", templates),
        command("shape", PYTHON, "script/check-shape"),
        command("layers", BIN / "lint-imports"),
        command("types", BIN / "mypy", "townline", "script"),
        command("system checks", *townline, "check"),
        command("migrations complete", *townline, "makemigrations", "--check", "--dry-run"),
        command("translations complete", "script/translate", "--check"),
    ]


def on_sqlite(*what: str) -> Check:
    """These tests on SQLite, whatever DATABASE_URL says."""
    return command("tests on SQLite", "env", "-u", "DATABASE_URL", *PYTEST, *what)


def on_postgresql(*what: str) -> Check:
    """These tests on a PostgreSQL of their own."""
    return command("tests on PostgreSQL", "script/postgres", "run", *PYTEST, *what)


def browser() -> str:
    """A Chromium: the machine's, else the system's package, else Playwright's; empty when none can be had."""
    found = next(filter(None, map(shutil.which, BROWSERS)), "")
    if not found and os.getuid() == 0 and shutil.which("apt-get"):
        print("This machine has no Chromium; installing its package", flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        if call("apt-get", "update", "-q") == 0 and call("apt-get", "install", "-qy", "chromium", **quiet) == 0:
            found = shutil.which("chromium") or ""
    if not found and call(BIN / "playwright", "install", "chromium") == 0:
        asked = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
        found = subprocess.check_output([PYTHON, "-c", asked], text=True).strip()
    return found


def in_browser() -> int:
    """The pages in Chromium, on SQLite."""
    path = os.environ.get("TOWNLINE_CHROMIUM") or browser()
    if not path:
        print("No Chromium, and none could be installed. Install one, for example: apt-get install chromium")
        return 1
    return call("env", "-u", "DATABASE_URL", *PYTEST, "-m", "browser", "-n", "2", TOWNLINE_CHROMIUM=path)


def chosen(arguments: list[str]) -> list[Check]:
    """The checks that were asked for."""
    if arguments == ["--quick"]:
        return [*still(), on_sqlite("-m", "not browser", "-n", "2")]
    if arguments:
        return [on_sqlite(*arguments), on_postgresql(*arguments)]
    rest, asking = ("-m", "not browser", "-n", "2"), ("-m", "database and not browser", "-n", "2")
    tests = [on_sqlite(*rest), on_postgresql(*asking), Check("tests in the browser", in_browser)]
    return [*still(), command("package", PYTHON, "script/package.py"), *tests]


def main(arguments: list[str]) -> int:
    """Run the checks; fail when one fails."""
    results: list[tuple[str, bool, float]] = []
    for check in chosen(arguments):
        print(f"\n--- {check.name}", flush=True)
        began = time.monotonic()
        passed = check.run() == 0
        results.append((check.name, passed, time.monotonic() - began))
    print("\n--- summary")
    for name, passed, seconds in results:
        print(f"{'passed' if passed else 'FAILED'}  {seconds:6.1f} s  {name}")
    failed = [name for name, passed, _ in results if not passed]
    print(f"Failed: {', '.join(failed)}" if failed else "Everything passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
