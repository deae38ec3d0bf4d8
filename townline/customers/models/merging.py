"""One customer who was typed twice: standing together by a pointer, so that nothing is moved and all can be undone."""

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models.points import ContactPoint

CHOSEN = ("name", "kind", "language", "way", "text_format")
"""What two records may say differently, so that whoever merges them chooses."""


class Merging(models.Model):
    """A record that is another of the same customer points to the one that stands for both.

    Cases, interactions, contact points and the rest stay where they are;
    whatever reads a customer reads the `family`. One level only: what stands
    for others does not point further.
    """

    if TYPE_CHECKING:
        account_id: Any
        account: Any
        contact_points: Any
        merged_into: Any
        merged_into_id: Any
        merge_changes: Any
        record: Any

    class Meta:
        abstract = True

    @property
    def standing(self) -> Any:
        """The record that stands for this customer: itself, or the one it was merged into."""
        return self.merged_into or self

    @verb
    def merge(self, *, by: Any, into: Any, chosen: dict[str, Any] | None = None) -> None:
        """Let another record of the same customer stand for this one too; `chosen` says what of it shall hold there."""
        other = self._other(into)
        reason = self.why_not_into(other)
        if reason:
            raise NotPossible(reason)
        chosen = {name: value for name, value in (chosen or {}).items() if name in CHOSEN}
        changes = {name: [getattr(other, name), value] for name, value in chosen.items()}
        self.merge_changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        for name, (_before, after) in self.merge_changes.items():
            setattr(other, name, after)
        other.save()
        self.merged_into = other
        self.save()
        self.record("merged", by=by, into=other.pk)

    @verb
    def unmerge(self, *, by: Any) -> None:
        """Let the two stand apart again; what was chosen goes back, unless it was changed since."""
        if self.merged_into_id is None:
            raise NotPossible(_("This customer is not merged with another."))
        other = self._other(self.merged_into)
        for name, (before, after) in self.merge_changes.items():
            if getattr(other, name) == after:
                setattr(other, name, before)
        other.save()
        self.merged_into, self.merge_changes = None, {}
        self.save()
        self.record("unmerged", by=by, out_of=other.pk)

    def why_not_into(self, other: Any) -> str:
        """Why these two cannot stand together, as a sentence; nothing when they can."""
        if self.pk == other.pk:
            return _("This is the same record.")
        if self.merged_into_id or other.merged_into_id:
            return _("One of them is merged already. Open the customer it stands with.")
        if _rows(self).filter(merged_into=self.pk).exists():
            return _("Others are merged into this one. Merge the other way round.")
        if (self.account_id or other.account_id) and not (self.has_confirmed_address and other.has_confirmed_address):
            return _(
                "One of them has an account on the portal, which would show the other’s cases. "
                "Confirm an e-mail address of both first."
            )
        return ""

    @property
    def has_confirmed_address(self) -> bool:
        """Is an e-mail address known to be theirs?"""
        if self.account_id and self.account.verified_addresses:
            return True
        points = self.contact_points.filter(kind=ContactPoint.Kind.EMAIL, verified_at__isnull=False)
        return bool(points.exclude(status=ContactPoint.Status.RETIRED).exists())

    def _other(self, known: Any) -> Any:
        """The other record, locked and fresh; never waited for, so that two merges at once do not block each other."""
        rows = _rows(self).filter(pk=known.pk)
        try:
            with transaction.atomic():
                nowait = connection.features.has_select_for_update_nowait
                return rows.select_for_update(no_key=True, nowait=nowait).get()
        except DatabaseError as error:
            raise NotPossible(_("Somebody is changing the other customer at this moment. Try again.")) from error


def _rows(customer: Any) -> Any:
    return type(customer)._default_manager
