"""Sealing and opening bytes: AES-GCM with 256 bits, and nothing of our own making.

What is sealed is bound to its place (`bound_to`): moved to another row, field
or safe it does not open.
"""

import hashlib
import hmac
import logging
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible

log = logging.getLogger(__name__)
NONCE = 12
KEY = 32


class NotIntact(NotPossible):
    """What was sealed has been changed, moved, or sealed with another key."""


def new_data_key() -> bytes:
    """A key for one safe."""
    return secrets.token_bytes(KEY)


def seal(key: bytes, plain: bytes, *, bound_to: str) -> bytes:
    """The nonce, then the sealed bytes with their tag."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(key: bytes, sealed: bytes, *, bound_to: str) -> bytes:
    """The plain bytes; `NotIntact` when they are not what was sealed there."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
    except InvalidTag:
        log.critical("What is kept at %s is not what was sealed there.", bound_to)
        raise NotIntact(_("This is not what was sealed here: it was changed, or sealed with another key.")) from None


def joined(secret: bytes, share: bytes) -> bytes:
    """One key out of two halves: neither is of any use without the other."""
    return hmac.new(secret, b"wraps a safe|" + share, hashlib.sha256).digest()


def digest(key: bytes, kind: str, value: str) -> str:
    """A keyed digest (HMAC-SHA256), by which an exact value is found and none can be guessed from outside."""
    return hmac.new(key, f"{kind}|{value}".encode(), hashlib.sha256).hexdigest()
