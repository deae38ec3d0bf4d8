"""The one door to confidential content.

`put` seals something in, `reveal` opens it. An opening is asked of the safe's
keeper, leaves its event first, in the same transaction, and only then decrypts:
there is no reading that is not written down, and no writing down that fails
quietly. A refusal leaves an event as well.
"""

import hashlib
import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from townline.accounts.models import Municipality
from townline.core.refusals import NotAllowed, NotPossible
from townline.vault import apart, cipher
from townline.vault.fence import within
from townline.vault.grounds import ground_of
from townline.vault.keys import KeyRing, keyring
from townline.vault.models import Safe, Secret, SecretFile, Trace, new_name

log = logging.getLogger(__name__)
INDEX = "index"
"""The kind of the one safe whose key makes the digests; it holds nothing."""
ORPHANED = 24 * 3600
"""Seconds that a file has lain on the disk before it can be one that no safe will name."""


class Opened(NamedTuple):
    """One text as it was sealed."""

    field: str
    name: str
    text: str
    at: datetime
    by_id: int | None


class OpenedFile(NamedTuple):
    """One file as it was sealed."""

    name: str
    title: str
    content: bytes
    at: datetime


def make_safe(kind: str, *, case_id: int | None = None) -> Safe:
    """An empty safe with a new key."""
    ring = keyring()
    safe = Safe(kind=kind, case_id=case_id, is_apart=kind != INDEX)
    if safe.is_apart:
        apart.make(safe.name)
    _wrap(safe, cipher.new_data_key(), ring)
    safe.save()
    return safe


def put(safe: Safe, field: str, text: str, *, by: Any) -> str:
    """Seal a text in; it goes before an earlier one of the same field. Returns its name. Writing opens nothing."""
    key = _key_of(safe)
    name = new_name()
    sealed = cipher.seal(key, text.encode(), bound_to=_place(safe, field, name))
    with within(safe.pk):
        Secret.objects.create(safe=safe, field=field, name=name, sealed=sealed, by=by)
    return name


def reveal(safe: Safe, *, by: Any, purpose: str, fields: Iterable[str] | None = None, **about: Any) -> list[Opened]:
    """Open texts of a safe, oldest first, for a purpose that the keeper accepts.

    `about` adds ids, choices and dates to the event. Raises `NotAllowed` (with
    an event of the refusal) when there is no ground.
    """
    wanted = sorted(fields) if fields is not None else None
    with _opened(safe, by, purpose, fields=wanted or [], **about) as key:
        rows = Secret.objects.filter(safe=safe).order_by("id")
        found = list(rows if wanted is None else rows.filter(field__in=wanted))
        return [Opened(row.field, row.name, _text(key, safe, row), row.at, row.by_id) for row in found]


def reveal_with_titles(safe: Safe, *, by: Any, purpose: str, **about: Any) -> tuple[list[Opened], dict[str, str]]:
    """All texts, and what each file is called, by its name; the files themselves stay closed. It is one opening."""
    with _opened(safe, by, purpose, fields=[], **about) as key:
        rows = Secret.objects.filter(safe=safe).order_by("id")
        files = SecretFile.objects.filter(safe=safe).order_by("id")
        texts = [Opened(row.field, row.name, _text(key, safe, row), row.at, row.by_id) for row in rows]
        return texts, {row.name: _title(key, safe, row) for row in files}


def latest(opened: Iterable[Opened]) -> dict[str, str]:
    """The newest text of each field."""
    return {one.field: one.text for one in opened}


def put_file(safe: Safe, field: str, title: str, content: bytes, *, by: Any) -> str:
    """Seal a file in. Its bytes are on the disk before its row is committed; returns its name."""
    key = _key_of(safe)
    name = new_name()
    sealed = cipher.seal(key, content, bound_to=_place(safe, field, name))
    _write(_path(name), sealed)
    title_sealed = cipher.seal(key, title.encode(), bound_to=_place(safe, "title", name))
    with within(safe.pk):
        SecretFile.objects.create(
            safe=safe, field=field, name=name, sealed_title=title_sealed, size=len(content),
            sha256=hashlib.sha256(sealed).hexdigest(), by=by,
        )  # fmt: skip
    return name


def reveal_files(
    safe: Safe, *, by: Any, purpose: str, names: Iterable[str] | None = None, **about: Any
) -> list[OpenedFile]:
    """Open files of a safe, oldest first; the event says how many."""
    wanted = list(names) if names is not None else None
    with _opened(safe, by, purpose, fields=["files"], **about) as key:
        rows = SecretFile.objects.filter(safe=safe).order_by("id")
        found = list(rows if wanted is None else rows.filter(name__in=wanted))
        return [
            OpenedFile(
                row.name,
                _title(key, safe, row),
                cipher.unseal(key, _path(row.name).read_bytes(), bound_to=_place(safe, row.field, row.name)),
                row.at,
            )
            for row in found
        ]


def discard_file(safe: Safe, name: str) -> None:
    """Take a file out for good, as long as it is part of no record: its owner changed their mind before sending."""
    with within(safe.pk):
        gone, _rows = SecretFile.objects.filter(safe=safe, name=name).delete()
    if gone:
        transaction.on_commit(lambda: _path(name).unlink(missing_ok=True))


def leave_trace(safe: Safe, kind: str, value: str) -> None:
    """Let the owner of this address or account find the safe again; the value itself is kept nowhere."""
    if value:
        Trace.objects.get_or_create(safe=safe, kind=kind, digest=cipher.digest(_index_key(), kind, value))


def traced(kind: str, values: Iterable[str]) -> "QuerySet[Safe]":
    """The safes that one of these exact values leads to."""
    key = _index_key()
    digests = [cipher.digest(key, kind, value) for value in values if value]
    return Safe.objects.filter(pk__in=Trace.objects.filter(kind=kind, digest__in=digests).values("safe_id"))


def shred(safe: Safe, *, by: Any) -> None:
    """Destroy the key, the rows and the files; with the half of the key outside, in every old backup too.

    What lies on the disk goes once it is committed: a transaction that is taken back loses nothing.
    """
    with within(safe.pk):
        names = list(SecretFile.objects.filter(safe=safe).values_list("name", flat=True))
        safe.shred(by=by)
        Secret.objects.filter(safe=safe).delete()
        SecretFile.objects.filter(safe=safe).delete()
    transaction.on_commit(lambda: _destroy(safe.name, names))


def _destroy(safe_name: str, files: Iterable[str]) -> None:
    """The half of the key first: without it, a file that is left is of no use."""
    apart.destroy(safe_name)
    for name in files:
        _path(name).unlink(missing_ok=True)


def destroy_left_halves() -> None:
    """For safes that were destroyed while the machine went down; can be done again."""
    for name in Safe.objects.exclude(shredded_at=None).values_list("name", flat=True).iterator():
        apart.destroy(name)


def sweep_files() -> int:
    """Remove files that no safe names: what was being filed was taken back. Returns how many.

    Only what lay there for a day is looked at, so that none is on its way to its
    row; and it is listed before the rows are read, each behind its own fence.
    """
    left = set(_lying_for(ORPHANED))
    for pk in list(Safe.objects.filter(shredded_at=None).values_list("pk", flat=True)) if left else []:
        with within(pk):
            left.difference_update(SecretFile.objects.filter(safe=pk).values_list("name", flat=True))
    for name in left:
        _path(name).unlink(missing_ok=True)
    return len(left)


def _lying_for(seconds: float) -> Iterator[str]:
    before = time.time() - seconds
    if _path("").exists():
        yield from (entry.name for entry in os.scandir(_path("")) if entry.stat().st_mtime <= before)


def wrap_anew(*, by: Any) -> Iterator[Safe]:
    """Wrap every safe's key with the current installation key, one safe a transaction; can be begun again."""
    ring = keyring()
    others = Safe.objects.exclude(key_name__in=["", ring.current.name]).order_by("pk")
    for pk in list(others.values_list("pk", flat=True)):
        with transaction.atomic():
            safe = Safe.objects.select_for_update(no_key=True).get(pk=pk)
            if safe.key_name in ("", ring.current.name):
                continue
            _wrap(safe, _key_of(safe), ring)
            safe.save(update_fields=["key_name", "wrapped_key"])
            safe.record("rewrapped", by=by, key=ring.current.name)
        yield safe


def faults_of_files() -> Iterator[str]:
    """Files that are missing or are not what was sealed, by their names; needs no key."""
    for pk, safe_name, is_apart in _whole_ones():
        if is_apart and apart.read(safe_name) is None:
            yield f"{safe_name}, half of a key, is missing"
        with within(pk):
            rows = list(SecretFile.objects.filter(safe=pk).values_list("name", "sha256"))
        for name, sha256 in rows:
            path = _path(name)
            if not path.exists():
                yield f"{name} is missing"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                yield f"{name} is not what was sealed"


@contextmanager
def _opened(safe: Safe, by: Any, purpose: str, **about: Any) -> Iterator[bytes]:
    """Ask for a ground, write the event, and give the key; inside, the safe's rows are there."""
    safe.refresh_from_db()
    ground = ground_of(safe, by, purpose)
    if not ground:
        safe.record("refused", by=by, purpose=purpose)
        raise NotAllowed(_("You may not open this."))
    with within(safe.pk):
        safe.record("revealed", by=by, purpose=purpose, ground=ground, **about)
        yield _key_of(safe)


def _wrap(safe: Safe, key: bytes, ring: KeyRing) -> None:
    safe.key_name = ring.current.name
    safe.wrapped_key = cipher.seal(_wrapping(safe, ring.current.secret), key, bound_to=f"safe|{safe.name}")


def _key_of(safe: Safe) -> bytes:
    if safe.shredded_at:
        raise NotPossible(_("This was destroyed under the retention schedule."))
    try:
        secret = keyring()[safe.key_name].secret
    except ImproperlyConfigured as error:
        log.critical("%s", error)
        raise NotPossible(_("The vault’s key is not here. Nothing that is sealed can be opened until it is.")) from None
    return cipher.unseal(_wrapping(safe, secret), bytes(safe.wrapped_key), bound_to=f"safe|{safe.name}")


def _wrapping(safe: Safe, secret: bytes) -> bytes:
    if not safe.is_apart:
        return secret
    share = apart.read(safe.name)
    if share is None:
        raise NotPossible(_("This was destroyed, or the half of its key that is kept apart is not here."))
    return cipher.joined(secret, share)


def _whole_ones() -> "QuerySet[Safe, tuple[int, str, bool]]":
    return Safe.objects.filter(shredded_at=None).order_by("pk").values_list("pk", "name", "is_apart")


def _text(key: bytes, safe: Safe, row: Secret) -> str:
    return cipher.unseal(key, bytes(row.sealed), bound_to=_place(safe, row.field, row.name)).decode()


def _title(key: bytes, safe: Safe, row: SecretFile) -> str:
    return cipher.unseal(key, bytes(row.sealed_title), bound_to=_place(safe, "title", row.name)).decode()


def _place(safe: Safe, field: str, name: str) -> str:
    return f"{safe.name}|{field}|{name}"


def _index_key() -> bytes:
    safe = Safe.objects.filter(kind=INDEX).order_by("pk").first()
    if safe is None:
        with transaction.atomic():
            _one_at_a_time()
            safe = Safe.objects.filter(kind=INDEX).order_by("pk").first() or make_safe(INDEX)
    return _key_of(safe)


def _one_at_a_time() -> None:
    """Two who need the first digest at the same moment make one index."""
    Municipality.objects.select_for_update(no_key=True).first()


def _path(name: str) -> Path:
    folder: Path = settings.VAR / "vault"
    return folder / name


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
