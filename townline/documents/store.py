"""Files on the disk, one for each attachment, under `TOWNLINE_FILES`.

A file is written and forced to the disk before the row that names it is
committed, and never changed after. So a row always has its file, whatever dies
when; a file without a row is an orphan, and swept a day later.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

SMALL = ".small"
MADE = ".made"
PART = 1 << 16
NAME = re.compile(r"[A-Za-z0-9_-]{43}")


def new_name() -> str:
    """A name that nobody can guess."""
    return secrets.token_urlsafe(32)


def path(name: str) -> Path:
    """Where the file of this name lies."""
    return settings.FILES / name


def write(name: str, parts: Iterable[bytes]) -> None:
    """Keep a new file, on the disk when this returns; raises OSError when there is no room."""
    settings.FILES.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path(name).open("xb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    _settle()


def take_over(made: str, name: str) -> None:
    """A file that another program wrote becomes the one of this name, on the disk when this returns."""
    with path(made).open("rb") as file:
        os.fsync(file.fileno())
    path(made).replace(path(name))
    _settle()


def _settle() -> None:
    """The folder's own entry, too."""
    folder = os.open(settings.FILES, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def discard(name: str) -> None:
    """Remove a file with what was made beside it; one that is gone already is no matter."""
    for ending in ("", SMALL, MADE):
        path(name + ending).unlink(missing_ok=True)


def retire(name: str) -> None:
    """Nothing names this file any more: let the sweep find it a day from now, so that a backup just made is whole."""
    if path(name).exists():
        path(name).touch()


def digest(name: str) -> tuple[str, int]:
    """The SHA-256 of a file, and its size; raises OSError when it is not there."""
    found, size = hashlib.sha256(), 0
    with path(name).open("rb") as file:
        while part := file.read(PART):
            found.update(part)
            size += len(part)
    return found.hexdigest(), size


def names(older_than: float = 0) -> Iterator[str]:
    """The names of all files that are at least so many seconds old, each once."""
    if not settings.FILES.exists():
        return
    before = time.time() - older_than
    with os.scandir(settings.FILES) as entries:
        for entry in entries:
            name = entry.name[:43]
            is_first = entry.name == name or not path(name).exists()
            if NAME.fullmatch(name) and is_first and entry.stat().st_mtime <= before:
                yield name
