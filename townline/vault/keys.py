"""The installation's keys: what every safe's own key is wrapped with.

They come from the environment (`TOWNLINE_VAULT_KEY`) or from a file made at
set-up and readable by its owner only (`TOWNLINE_VAULT_KEY_FILE`), never from the
database: a stolen database or backup opens nothing. Each key has a short name,
so that several can be held while safes are being wrapped anew.
"""

import base64
import binascii
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

SIZE = 32
HOW = "Put back the key that this installation was set up with; without it nothing in the vault can be read again."


class Key(NamedTuple):
    """One installation key: its name, and its 256 secret bits."""

    name: str
    secret: bytes


class KeyRing:
    """The keys this installation holds; the first wraps what is new."""

    def __init__(self, keys: list[Key]) -> None:
        if not keys:
            raise ImproperlyConfigured(
                "There is no key for the vault. Set TOWNLINE_VAULT_KEY, or run “townline setup”, which writes "
                f"{settings.VAULT_KEY_FILE}."
            )
        self.current = keys[0]
        self._by_name = {key.name: key for key in keys}

    def __getitem__(self, name: str) -> Key:
        if name not in self._by_name:
            raise ImproperlyConfigured(f"The vault’s key “{name}” is missing. {HOW}")
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @property
    def names(self) -> list[str]:
        """The names of the keys, the current one first."""
        return list(self._by_name)


def new_key() -> Key:
    """A key nobody has had before."""
    return Key(secrets.token_hex(4), secrets.token_bytes(SIZE))


def written(keys: list[Key]) -> str:
    """Keys as a file or the environment holds them: `name:base64`, one a line."""
    return "".join(f"{key.name}:{base64.b64encode(key.secret).decode()}\n" for key in keys)


def read(text: str) -> list[Key]:
    """Keys from a file (one a line) or the environment (commas between them)."""
    return [_read_one(part.strip()) for part in text.replace(",", "\n").splitlines() if part.strip()]


def _read_one(text: str) -> Key:
    name, _, encoded = text.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        secret = b""
    if not name or len(secret) != SIZE:
        raise ImproperlyConfigured("A key of the vault is not “name:” followed by 32 bytes in base64.")
    return Key(name, secret)


def keyring() -> KeyRing:
    """The keys of this installation; a sentence when there are none or one cannot be read."""
    path: Path = settings.VAULT_KEY_FILE
    text = settings.VAULT_KEY or (path.read_text() if path.exists() else "")
    return _ring(text)


@lru_cache(maxsize=4)
def _ring(text: str) -> KeyRing:
    return KeyRing(read(text))


def keep(keys: list[Key], path: Path) -> None:
    """Write the key file: complete or not at all, and readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(written(keys))
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def make_key(path: Path) -> None:
    """Make the first key, at set-up; one that is there already is left alone."""
    if not os.environ.get("TOWNLINE_VAULT_KEY") and not path.exists():
        keep([new_key()], path)


@register(Tags.database)
def vault_can_be_opened(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Is there a key, and is every safe wrapped with one that is here?"""
    try:
        ring = keyring()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="townline.E010")]
    found: list[CheckMessage] = []
    for alias in databases or []:
        missing = [name for name in _names_in_use(alias) if name not in ring]
        found += [
            Error(f"Confidential content is wrapped with “{name}”.", hint=HOW, id="townline.E011") for name in missing
        ]
    if any(_is_apart(alias) for alias in databases or []) and not settings.VAULT_SHARES.exists():
        found.append(
            Error("The folder of the other halves of the vault’s keys is missing.", hint=HOW, id="townline.E012")
        )
    return found


def _is_apart(alias: str) -> bool:
    from townline.vault.models import Safe

    found = connections[alias].introspection
    if Safe._meta.db_table not in found.table_names():
        return False
    with connections[alias].cursor() as cursor:
        columns = {column.name for column in found.get_table_description(cursor, Safe._meta.db_table)}
    return "is_apart" in columns and Safe.objects.using(alias).filter(is_apart=True, shredded_at=None).exists()


def _names_in_use(alias: str) -> list[str]:
    from townline.vault.models import Safe

    if Safe._meta.db_table not in connections[alias].introspection.table_names():
        return []
    rows = Safe.objects.using(alias).exclude(key_name="").order_by("key_name").values_list("key_name", flat=True)
    return list(rows.distinct())
