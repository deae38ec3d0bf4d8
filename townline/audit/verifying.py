"""Holding the events against the chain, and the chain against its checkpoints and their witnesses."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.db.models import Exists, OuterRef
from django.utils import timezone

from townline.audit.chain import BEGINNING, hash_of
from townline.audit.models import Checkpoint, Link
from townline.audit.reading import links
from townline.audit.sealing import is_signed
from townline.timeline.models import Event

CHUNK = 5000
SETTLED = timedelta(hours=1)
"""An event that is older than this and not sealed was not written in the ordinary way."""


def faults(witness: Path | None = None) -> Iterator[str]:
    """What is wrong, the first altered or missing event first; empty when all is as it was sealed."""
    yield from _chain()
    yield from _never_sealed()
    yield from _checkpoints()
    if witness:
        yield from _witnessed(witness)


def count() -> int:
    """How many events are sealed."""
    return Link.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _chain() -> Iterator[str]:
    place, before = 0, BEGINNING
    for link in links():
        if link.place != place + 1:
            yield f"The chain has a gap: its places {place + 1} to {link.place - 1} are missing."
        if link.said is None:
            yield f"Event {link.event_id}, sealed at place {link.place}, is missing."
        elif hash_of(before, link.said) != link.hash:
            yield f"Event {link.event_id}, sealed at place {link.place}, is not what was sealed."
        place, before = link.place, link.hash


def _never_sealed() -> Iterator[str]:
    """Events that the sealer never saw when they should have come: inserted later under an old number or moment."""
    sealed = Exists(Link.objects.filter(event_id=OuterRef("pk")))
    strange = Event.objects.filter(~sealed, at__lt=timezone.now() - SETTLED).order_by("pk")
    for pk, name in strange.values_list("pk", "name")[:CHUNK]:
        yield f"Event {pk} ({name}) was never sealed."


def _checkpoints() -> Iterator[str]:
    hashes = dict(Link.objects.filter(pk__in=Checkpoint.objects.values("place")).values_list("pk", "hash"))
    for one in Checkpoint.objects.order_by("on"):
        if not is_signed(one):
            yield f"The checkpoint of {one.on} is not signed by the key it names."
        elif hashes.get(one.place) != one.hash:
            yield f"The chain is not the one that was signed on {one.on} (place {one.place})."


def _witnessed(folder: Path) -> Iterator[str]:
    """Checkpoints as a witness kept them: what the database says now must be the same."""
    kept = {path: path.read_text().split() for path in sorted(folder.glob("checkpoint-*.txt"))}
    if not kept:
        yield f"There is no checkpoint in {folder}."
    for path, parts in kept.items():
        found = Checkpoint.objects.filter(on=date.fromisoformat(parts[0])).first() if len(parts) == 5 else None
        if len(parts) != 5:
            yield f"{path.name} is not a checkpoint."
        elif found is None:
            yield f"The checkpoint of {parts[0]}, which the witness has, is missing."
        elif found.line.split() != parts:
            yield f"The checkpoint of {parts[0]} is not the one that the witness has."
