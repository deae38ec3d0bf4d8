"""From what somebody sent to a file of ours, or a sentence that says why not.

Whatever the name or the browser says it is, it is what a decoder makes of it:
pictures are always written anew without what stands beside the pixels (where
it was taken, by which camera), PDFs without who wrote them.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.documents import store

MEGAPIXEL = 1_000_000
MOST_PIXELS = 40 * MEGAPIXEL
AT_ONCE = 4 * MEGAPIXEL
"""A picture with more pixels is written anew by the worker: nobody waits for it."""

PATIENCE = 90
DECODER = Path(__file__).with_name("decoder.py")
TURNS = BoundedSemaphore(2)
"""So many are decoded at the same time in one process: that bounds the memory."""

WHY_NOT: dict[str, str | Promise] = {
    "other_kind": _l("It is not a photo or a PDF that we can take. Send a JPEG, PNG, WebP, HEIC or PDF file."),
    "too_many_pixels": _l("It has more than 40 megapixels. Make it smaller, or send a photo of it."),
    "unreadable": _l("It cannot be read; it may be damaged. Try to open it, and save it again."),
    "encrypted": _l("It is protected with a password. Send a copy without one."),
    "active": _l("It holds a script, a program or another file. Print it to a new PDF, and send that one."),
    "too_complicated": _l("It takes more memory or time to open than we have. Send a photo or a simpler copy of it."),
    "no_room": _l("We could not keep it: there is no room for files just now. Send the rest without it, or try later."),
}


class FileRefused(Exception):
    """This file is not taken; the sentence says why and what to do."""


@dataclass(frozen=True)
class Found:
    """A file of ours that lies on the disk: its name there, and what is known of it."""

    name: str
    kind: str
    width: int
    height: int
    is_ready: bool
    sha256: str
    size: int


def limits_in_words() -> str:
    """What may be sent, said before it is."""
    return _("JPEG, PNG, WebP, HEIC or PDF. Each up to %(bytes)s MB and 40 megapixels.") % {
        "bytes": settings.LARGEST_FILE // 1_000_000
    }


def too_large_in_words() -> str:
    """The sentence for a file with too many bytes."""
    return _("It has more than %(bytes)s MB. Make it smaller, or send a photo of it.") % {
        "bytes": settings.LARGEST_FILE // 1_000_000
    }


def read(parts: Iterable[bytes]) -> Found:
    """Keep what was sent and look at it; raises `FileRefused`, and then nothing is left of it."""
    name = store.new_name()
    try:
        store.write(name, parts)
        return _looked_at(name, name, AT_ONCE)
    except OSError as error:
        store.discard(name)
        raise FileRefused(str(WHY_NOT["no_room"])) from error
    except BaseException:
        store.discard(name)
        raise


def write_anew(name: str) -> Found:
    """The whole picture of a file that was kept as it came, as a new file without what stood beside the pixels."""
    fresh = store.new_name()
    try:
        return _looked_at(name, fresh, MOST_PIXELS)
    except BaseException:
        store.discard(fresh)
        raise


def _looked_at(source: str, name: str, at_once: int) -> Found:
    said = _decoded(source, name, at_once)
    if why := said.get("refused"):
        raise FileRefused(str(WHY_NOT[why]))
    if said["is_ready"]:
        store.take_over(name + store.MADE, name)
    sha256, size = store.digest(name)
    return Found(name, said["kind"], said.get("width", 0), said.get("height", 0), said["is_ready"], sha256, size)


def _decoded(source: str, name: str, at_once: int) -> dict[str, Any]:
    """What the decoder says; one that was stopped says nothing, and that is an answer too."""
    files = [str(store.path(one)) for one in (source, name + store.MADE, name + store.SMALL)]
    command = [sys.executable, "-I", str(DECODER), *files, str(MOST_PIXELS), str(at_once)]
    try:
        with TURNS:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return {"refused": "too_complicated"}
    if done.returncode != 0:
        return {"refused": "too_complicated"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found
