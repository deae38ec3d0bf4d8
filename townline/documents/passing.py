"""A file that is looked at and written anew without ever lying on a disk: for what is to be sealed.

The same decoder with the same bounds as in `reading.py`; what came and what was
made of it stand in memory, and the scanner is asked before anything is given back.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from townline.documents import clamd, store
from townline.documents.reading import DECODER, MOST_PIXELS, PATIENCE, TURNS, WHY_NOT, FileRefused, too_large_in_words


class Passed(NamedTuple):
    """What was made of it: its kind, and the bytes that are kept."""

    kind: str
    content: bytes


def pass_through(parts: Iterable[bytes]) -> Passed:
    """Our own version of what was sent; raises `FileRefused` with the sentence, and nothing is left of it."""
    content = b"".join(parts)
    if len(content) > settings.LARGEST_FILE:
        raise FileRefused(too_large_in_words())
    passed = _decoded(content)
    found = ""
    with suppress(clamd.ScannerAway):
        # What comes in while the scanner is away is not lost: it is asked again before the file is given out.
        found = virus_in(passed.content)
    if found:
        raise FileRefused(_("A virus was found in it (%(name)s). It was not kept.") % {"name": found})
    return passed


def virus_in(content: bytes) -> str:
    """What the scanner calls what it found; empty when there is none, or no scanner. Raises `ScannerAway`."""
    if not clamd.is_configured():
        return ""
    return clamd.scan(content[at : at + store.PART] for at in range(0, len(content), store.PART))


def _decoded(content: bytes) -> Passed:
    with _in_memory() as source, _in_memory() as made, _in_memory() as small:
        _write_all(source, content)
        said = _asked(source, made, small)
        if why := said.get("refused"):
            raise FileRefused(str(WHY_NOT[str(why)]))
        return Passed(str(said["kind"]), _read_all(made))


def _asked(*files: int) -> dict[str, object]:
    paths = [f"/proc/self/fd/{one}" for one in files]
    command = [sys.executable, "-I", str(DECODER), *paths, str(MOST_PIXELS), str(MOST_PIXELS)]
    try:
        with TURNS:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, pass_fds=files)
    except subprocess.TimeoutExpired:
        return {"refused": "too_complicated"}
    found: dict[str, object] = json.loads(done.stdout) if done.returncode == 0 else {"refused": "too_complicated"}
    return found


@contextmanager
def _in_memory() -> Iterator[int]:
    """A file that has no name and lies on no disk."""
    file = os.memfd_create("townline")
    try:
        yield file
    finally:
        os.close(file)


def _write_all(file: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]


def _read_all(file: int) -> bytes:
    size = os.fstat(file).st_size
    parts, at = [], 0
    while at < size and (part := os.pread(file, size - at, at)):
        parts.append(part)
        at += len(part)
    return b"".join(parts)
