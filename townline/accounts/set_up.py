"""What every row that a clerk may change can do: be changed, retired and brought back, and be confirmed.

The catalogue, the organization and the roles are rows of this kind. What a
change must be true to as a whole (the other rows) is judged above, by whoever
calls these verbs.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.core.localized import folded
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded

TO_CONFIRM = ("P", "K", "T")
"""Marks of provenance that the municipality has to look at: our proposal, general knowledge, seen elsewhere."""


class SetUp(Recorded):
    """A row of what the municipality sets up, with where its values come from."""

    if TYPE_CHECKING:
        provenance: Any
        code: Any

    class Meta:
        abstract = True

    @verb
    def add(self, *, by: Any) -> None:
        """It is there from now on; whoever wrote the row says so, in the same transaction."""
        self.record("added", by=by)

    @verb
    def change(self, *, by: Any, **values: Any) -> "SetUp":
        """Let it say this from now on; returns the row that says it."""
        changed = self._take(values)
        self.save()
        self.record("changed", by=by, fields=changed)
        return self

    @verb
    def confirm(self, *, by: Any, field: str = "") -> None:
        """The municipality has looked at it and says that it holds: the whole row, or one of its fields."""
        if not (waiting := self.unconfirmed if not field else [one for one in self.unconfirmed if one == field]):
            raise NotPossible(_("This is confirmed already."))
        self.provenance = confirmed(self.provenance, waiting, timezone.localdate())
        self.save()
        self.record("confirmed", by=by, field=field)

    @property
    def unconfirmed(self) -> list[str]:
        """The fields whose source nobody here has confirmed; "" is the row itself."""
        return unconfirmed(self.provenance)

    def _take(self, values: dict[str, Any]) -> list[str]:
        """Set these values; returns the names of those that are new."""
        changed = sorted(name for name, value in values.items() if getattr(self, name) != value)
        for name, value in values.items():
            setattr(self, name, value)
        if "name" in values and hasattr(self, "sort_key"):
            limit = self._meta.get_field("sort_key").max_length  # type: ignore[union-attr]
            self.sort_key = folded(values["name"].get("en", ""))[:limit]
        return changed


class Retirable(SetUp):
    """One that can be taken out of use and brought back; what was done with it stays."""

    if TYPE_CHECKING:
        is_active: Any

    class Meta:
        abstract = True

    @verb
    def retire(self, *, by: Any) -> None:
        """Take it out of use for what comes in from now on."""
        if not self.is_active:
            raise NotPossible(_("This is out of use already."))
        self.is_active = False
        self.save()
        self.record("retired", by=by)

    @verb
    def restore(self, *, by: Any) -> None:
        """Use it again."""
        if self.is_active:
            raise NotPossible(_("This is in use already."))
        self.is_active = True
        self.save()
        self.record("restored", by=by)


def unconfirmed(provenance: dict[str, Any]) -> list[str]:
    """What of a provenance still waits for a word from the municipality."""
    sources = {"": provenance, **provenance.get("fields", {})}
    return [name for name, one in sources.items() if one.get("mark") in TO_CONFIRM and not one.get("confirmed_on")]


def confirmed(provenance: dict[str, Any], fields: list[str], on: date) -> dict[str, Any]:
    """The same provenance, with these fields confirmed on that day."""
    day = {"confirmed_on": on.isoformat()}
    found = {**provenance, **day} if "" in fields else dict(provenance)
    if inner := provenance.get("fields"):
        found["fields"] = {name: {**one, **day} if name in fields else one for name, one in inner.items()}
    return found
