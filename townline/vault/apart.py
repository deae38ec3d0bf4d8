"""The half of each safe's key that is not in the database: destroyed, it takes every old backup with it.

A safe's key is wrapped with the installation's key and this half together. A
restored database brings back the rows of a safe that was destroyed since, and
the wrapped key too; without its half that opens nothing. So the folder is
mirrored as it is, never kept in generations (`docs/operating.md`).
"""

import os
import secrets
from pathlib import Path

from django.conf import settings

SIZE = 32


def make(name: str) -> bytes:
    """A new half for the safe of this name, on the disk when this returns."""
    folder: Path = settings.VAULT_SHARES
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    share = secrets.token_bytes(SIZE)
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    _write(descriptor, share)
    return share


def read(name: str) -> bytes | None:
    """The half of the safe of this name; None when it is not there, or not whole."""
    try:
        share = _path(name).read_bytes()
    except FileNotFoundError:
        return None
    return share if len(share) == SIZE and any(share) else None


def destroy(name: str) -> None:
    """Write it over, then remove it; one that is gone already is no matter."""
    path = _path(name)
    if path.exists():
        _write(os.open(path, os.O_WRONLY), bytes(SIZE))
        path.unlink(missing_ok=True)


def _path(name: str) -> Path:
    folder: Path = settings.VAULT_SHARES
    return folder / name


def _write(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
