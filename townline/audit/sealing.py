"""Sealing events after they were committed, in batches, and signing how the chain stands each day.

On PostgreSQL numbers are not the order of commits: an event may appear below
one that is sealed already. The sealer therefore looks back over an overlap and
seals what it finds there later in the chain.
"""

import os
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from townline.audit.chain import BEGINNING, hash_of
from townline.audit.models import Checkpoint, Link
from townline.audit.reading import waiting

BATCH = 2000
OVERLAP = 20_000


def seal() -> int:
    """Seal what has come since the last time; returns how many events that were."""
    total = 0
    while count := _seal_some():
        total += count
        if count < BATCH:
            break
    return total


def _seal_some() -> int:
    """One batch: reckoned before the transaction, so that writers of SQLite wait only while it is written."""
    last = Link.objects.order_by("-pk").first()
    newest = Link.objects.order_by("-event_id").values_list("event_id", flat=True).first() or 0
    place, before = (last.pk, last.hash) if last else (0, BEGINNING)
    links = []
    for event_id, said in waiting(newest - OVERLAP, BATCH):
        place, before = place + 1, hash_of(before, said)
        links.append(Link(id=place, event_id=event_id, hash=before))
    return _write_links(last.pk if last else 0, links)


def _write_links(last: int, links: list[Link]) -> int:
    """Unless somebody else has sealed meanwhile: then their links stand, and these are reckoned again the next time."""
    try:
        with transaction.atomic():
            if (Link.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) != last:
                return 0
            Link.objects.bulk_create(links)
    except IntegrityError:
        return 0
    return len(links)


def checkpoint(on: date) -> Checkpoint | None:
    """Sign how the chain stands, once a day; None when nothing was sealed yet."""
    seal()
    last = Link.objects.order_by("-pk").first()
    if last is None:
        return None
    known = Checkpoint.objects.filter(on=on).first()
    if known:
        return known
    key = signing_key()
    made = Checkpoint(on=on, place=last.pk, hash=last.hash, key=public_of(key))
    made.signature = key.sign(made.claim).hex()
    made.save(force_insert=True)
    return made


def is_signed(one: Checkpoint) -> bool:
    """Does the signature fit what it claims, by the key it names?"""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(one.key)).verify(bytes.fromhex(one.signature), one.claim)
    except (InvalidSignature, ValueError):
        return False
    return True


def make_key(path: Path) -> None:
    """Make the key that signs, at set-up; one that is there already is left alone."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")


def signing_key() -> Ed25519PrivateKey:
    """The installation's key for checkpoints."""
    path: Path = settings.AUDIT_KEY_FILE
    if not path.exists():
        raise ImproperlyConfigured(f"There is no key for checkpoints. Run “townline setup”, which writes {path}.")
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def public_of(key: Ed25519PrivateKey) -> str:
    """Its public half, in hexadecimal."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def bear_witness(one: Checkpoint) -> list[str]:
    """Bring a checkpoint to every witness that is set; returns to which."""
    borne = []
    if settings.WITNESS_FOLDER:
        _write(Path(settings.WITNESS_FOLDER), one)
        borne.append(settings.WITNESS_FOLDER)
    if settings.WITNESS_EMAIL:
        headers = {"Auto-Submitted": "auto-generated"}
        EmailMessage(
            subject=f"Townline checkpoint {one.on.isoformat()}", body=f"Keep this message.\n\n{one.line}\n",
            from_email=settings.MAIL_FROM or None, to=[settings.WITNESS_EMAIL], headers=headers,
        ).send()  # fmt: skip
        borne.append(settings.WITNESS_EMAIL)
    return borne


def _write(folder: Path, one: Checkpoint) -> None:
    """One file a day; one that is there is never written over."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"checkpoint-{one.on.isoformat()}.txt"
    if not path.exists():
        half = path.with_suffix(".part")
        half.write_text(one.line + "\n")
        half.rename(path)
