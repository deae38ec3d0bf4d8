"""How pressing a case is, and what that promises."""

from typing import Any

from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.catalogue.models import Priority
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Prioritising(Moving):
    """Saying how pressing a case is; the promises follow."""

    class Meta:
        abstract = True

    @verb
    def prioritise(self, *, by: Any, priority: str, reason: str) -> None:
        """Give the case another priority, with the reason as a note; what is promised for that priority is promised."""
        self._must_be_open()
        before, after = Priority(self.priority), Priority(priority)
        if before == after:
            raise NotPossible(_("The priority is “%(priority)s” already.") % {"priority": after.label})
        self.priority = after
        note = self.notes.create(by=by, text=reason)
        promised = self.promise_anew()
        self.save()
        self.record("prioritised", by=by, priority=after, before=before, note=note.pk, promised=promised)
