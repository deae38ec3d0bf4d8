"""A customer's consent that what we hold of a case goes sooner than the regulation demands."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class EarlyConsent(Recorded):
    """The person's yes to an earlier disposal of one case (Reg. 823, s. 5); a by-law's period stays."""

    class How(models.TextChoices):
        WRITTEN = "written", _l("They agreed in writing")
        SPOKEN = "spoken", _l("They agreed aloud, and it was noted")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="early_consents")
    how = models.CharField(max_length=8, choices=How)
    on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(withdrawn_at=None), name="one_consent_that_holds")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}"

    @classmethod
    def note(cls, case: Case, *, by: Any, how: str, on: date) -> "EarlyConsent":
        """Write down that they agreed."""
        if on > timezone.localdate():
            raise NotPossible(_("It cannot have happened in the future."))
        if cls.objects.filter(case=case, withdrawn_at=None).exists():
            raise NotPossible(_("This is noted already."))
        made = cls.objects.create(case=case, how=cls.How(how), on=on, noted_by=by)
        made.record("noted", by=by, how=made.how)
        return made

    @verb
    def withdraw(self, *, by: Any) -> None:
        """They changed their mind."""
        if self.withdrawn_at:
            raise NotPossible(_("This consent was withdrawn already."))
        self.withdrawn_at = timezone.now()
        self.save()
        self.record("withdrawn", by=by)
