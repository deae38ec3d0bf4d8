"""Which pages are generated, and whether they are current."""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import override

from townline.site.reference import commands, events, settings, tables, verbs
from townline.site.reference.quotes import refreshed
from townline.site.reference.source import ROOT

PAGES: dict[str, Callable[[], str]] = {
    "docs/settings.md": settings.page,
    "docs/commands.md": commands.page,
    "docs/events.md": events.page,
    "docs/verbs.md": verbs.page,
    "docs/tables.md": tables.page,
}
QUOTING = ("CONTRIBUTING.md",)
"""Documents written by hand whose quoted code is brought up to date."""


def current() -> dict[Path, str]:
    """Every generated page as the code would have it now."""
    with override("en"):
        made = {ROOT / name: page() for name, page in PAGES.items()}
    return made | {ROOT / name: refreshed((ROOT / name).read_text(encoding="utf-8")) for name in QUOTING}


def stale() -> list[str]:
    """The pages that say something else than the code."""
    return [str(path.relative_to(ROOT)) for path, text in current().items() if _kept(path) != text]


def write() -> list[str]:
    """Write the pages that are stale; returns them."""
    pages = current()
    names = stale()
    for name in names:
        (ROOT / name).write_text(pages[ROOT / name], encoding="utf-8")
    return names


def _kept(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
