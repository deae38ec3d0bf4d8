"""When nothing is kept about a customer any more: who they are goes too."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Disposing(models.Model):
    """Disposing of a customer; the row stays, for events name it, and says nothing."""

    disposed_at = models.DateTimeField(null=True, blank=True, editable=False)

    if TYPE_CHECKING:
        name: Any
        account: Any
        merge_changes: Any
        contact_points: Any
        accommodations: Any
        consents: Any
        record: Any

    class Meta:
        abstract = True

    @verb
    def dispose(self, *, by: Any, disposition: int, at: Any) -> None:
        """Take name, contact points, needs and consents away; the part above asks before that nothing needs them."""
        if self.disposed_at:
            raise NotPossible(_("This customer was disposed of already."))
        if self.account is not None:
            raise NotPossible(_("This customer has an account."))
        self.name, self.merge_changes = "", {}
        self.contact_points.update(value="", key="", is_preferred=False, verified_how="", verified_at=None)
        self.accommodations.all().delete()
        self.consents.all().delete()
        self.disposed_at = at
        self.save()
        self.record("disposed", by=by, disposition=disposition)
