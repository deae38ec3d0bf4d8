"""Keeping a report on the doorstep, and letting many in or turning many away at once."""

from typing import Any

from django.db import transaction
from django_tasks import task

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, held_draft, must_be_unused
from townline.cases.models import Case, Draft
from townline.core.refusals import NotPossible
from townline.doorstep.models import Held
from townline.doorstep.pace import digest

AT_ONCE = 200


@transaction.atomic
def hold(draft: Draft, matter: Matter, *, contact: Contact | None, reason: str, source: str) -> Held:
    """Keep what was sent, with a reference; the same draft sent again is the same report."""
    kept = held_draft(draft)
    if kept.is_held:
        found: Held = kept.waiting
        return found
    must_be_unused(kept)
    kept.answers, kept.language, kept.is_held = matter.answers or {}, matter.language, True
    kept.save(update_fields=["answers", "language", "is_held", "changed_at"])
    addressee = digest("addressee", contact.email.strip().lower()) if contact and contact.email else ""
    held: Held = Held.objects.create(
        draft=kept, reference=new_reference(), reason=reason, source=source, addressee=addressee
    )
    held.record("held", by=User.objects.system(), reason=str(reason))
    return held


def new_reference() -> str:
    """One that neither a case nor another held report has."""
    while Held.objects.filter(reference=(reference := Case.new_reference())).exists():
        pass
    return reference


@task()
def release_all(source: str, by_id: int, up_to: int, after: int = 0) -> None:
    """Let in everything of this source that waited then; one that cannot be stays, and the others go on."""
    _one_after_the_other("release", source, by_id, up_to, after)


@task()
def discard_all(source: str, by_id: int, up_to: int, after: int = 0) -> None:
    """Turn away everything of this source that waited then."""
    _one_after_the_other("discard", source, by_id, up_to, after)


def _one_after_the_other(verb: str, source: str, by_id: int, up_to: int, after: int) -> None:
    """Some at a time, each batch a job of its own and each report a transaction of its own."""
    by: Any = User.objects.get(pk=by_id)
    rows = Held.objects.waiting().filter(pk__gt=after, pk__lte=up_to).order_by("id")
    rows = rows.filter(source=source) if source else rows
    found = list(rows[:AT_ONCE])
    for held in found:
        try:
            getattr(held, verb)(by=by)
        except NotPossible:
            continue
    if len(found) == AT_ONCE:
        {"release": release_all, "discard": discard_all}[verb].enqueue(
            source=source, by_id=by_id, up_to=up_to, after=found[-1].pk
        )
