"""Cases that have to do with each other, without being one."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models.moves import Moving
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Link(models.Model):
    """Two cases that a reader of the one should know of the other.

    A related pair is written once, the older case first. Of a follow-up, `case`
    is the one that had ended, `other` the one that came of it.
    """

    class Kind(models.TextChoices):
        RELATED = "related", _l("Related")
        FOLLOW_UP = "follow_up", _l("Follow-up")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="links", db_index=False)
    other = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="links_back")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RELATED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="one_link_of_two_cases"),
            models.CheckConstraint(name="no_case_is_linked_with_itself", condition=~Q(case=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_kind_display()} {self.other_id}"


class Linking(Moving):
    """Tying two cases together, and untying them."""

    class Meta:
        abstract = True

    @verb
    def link(self, *, by: Any, other: Any) -> None:
        """This case and another have to do with each other; both stay as they are."""
        if other.pk == self.pk:
            raise NotPossible(_("A case cannot be linked with itself."))
        if self._links_with(other).exists():
            raise NotPossible(_("These two cases are linked already."))
        first, second = sorted((self.pk, other.pk))
        Link.objects.create(case_id=first, other_id=second, by=by)
        self.save()
        self.record("linked", by=by, other=other.pk)
        other.record("linked", by=by, other=self.pk)

    @verb
    def unlink(self, *, by: Any, other: Any) -> None:
        """They have nothing to do with each other after all; that one came of the other stays true."""
        if not self._links_with(other).filter(kind=Link.Kind.RELATED).delete()[0]:
            raise NotPossible(_("There is no link between these two cases that could be taken away."))
        self.save()
        self.record("unlinked", by=by, other=other.pk)
        other.record("unlinked", by=by, other=self.pk)

    def _links_with(self, other: Any) -> Any:
        pair = [self.pk, other.pk]
        return Link.objects.filter(case__in=pair, other__in=pair)
