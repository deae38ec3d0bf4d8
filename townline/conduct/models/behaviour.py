"""What a customer said or did, as the policy defines it: disrespectful or abusive, which are two different things."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.channels.models import Interaction
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import Customer
from townline.timeline.models import Recorded


class Behaviour(Recorded):
    """One occasion on which a customer was disrespectful or abusive, by the definition in force that day.

    It is a record, not a judgement of the person; it limits nothing by itself,
    and opening it leaves an event.
    """

    class Grade(models.TextChoices):
        DISRESPECTFUL = "disrespectful", _l("Disrespectful behaviour")
        ABUSIVE = "abusive", _l("Abusive behaviour")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="behaviours")
    grade = models.CharField(max_length=15, choices=Grade)
    what = models.TextField()
    impact = models.TextField(blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="behaviours")
    interaction = models.ForeignKey(
        Interaction, null=True, blank=True, on_delete=models.PROTECT, related_name="behaviours"
    )
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [models.Index(fields=["customer", "happened_at"], name="behaviour_of_customer")]

    def __str__(self) -> str:
        return str(self.get_grade_display())

    @classmethod
    def note(cls, customer: Customer, *, by: Any, grade: str, what: str, happened_at: datetime, **more: Any) -> Any:
        """Write one down: what was said or done, the impact on staff, and the case or interaction it belongs to."""
        if happened_at > timezone.now():
            raise NotPossible(_("It cannot have happened in the future."))
        made = cls.objects.create(
            customer=customer.standing,
            grade=cls.Grade(grade),
            what=what,
            happened_at=happened_at,
            recorded_by=by,
            **more,
        )
        made.record("noted", by=by, happened_at=happened_at, grade=made.grade, customer=made.customer_id)
        return made

    @verb
    def open(self, *, by: Any) -> None:
        """Read what was said and done: it leaves who did, and when."""
        self.record("opened", by=by)

    @verb
    def withdraw(self, *, by: Any) -> None:
        """It was written down wrongly; it counts no more, and stays as withdrawn."""
        if self.withdrawn_at:
            raise NotPossible(_("This record was withdrawn already."))
        self.withdrawn_at = timezone.now()
        self.save()
        self.record("withdrawn", by=by)
