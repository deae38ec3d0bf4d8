"""Holds: while one stands, nothing it is about is disposed of, whatever a schedule says."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import Customer
from townline.timeline.models import Recorded


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds as whoever wants to dispose of something must ask for them."""

    def standing(self) -> "HoldQuerySet":
        """Not lifted."""
        return self.filter(lifted_at=None)

    def on(self, case: Any) -> "HoldQuerySet":
        """Those that keep this case: by itself, its customer, its service, or everything."""
        root = (case.customer.merged_into_id or case.customer_id) if case.customer_id else None
        about = Q(case=case.pk) | Q(service=case.service_id) | Q(case=None, customer=None, service=None)
        if root:
            about |= Q(customer=root) | Q(customer__merged_into=root)
        return self.standing().filter(about)


class Hold(Recorded):
    """The order to keep: a case, everything of a customer, everything of a service, or all records there are.

    It goes before every period. To alter or destroy what an access request asks
    for is an offence (MFIPPA, s. 48); a court or the Ombudsman may ask for it too.
    """

    class Kind(models.TextChoices):
        LEGAL = "legal", _l("Court or claim")
        FOI = "foi", _l("Access request")
        OMBUDSMAN = "ombudsman", _l("Ombudsman")

    kind = models.CharField(max_length=10, choices=Kind)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="holds")
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="holds")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why_lifted = models.TextField(blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="hold_on_one_thing",
                condition=Q(case=None, customer=None) | Q(case=None, service=None) | Q(customer=None, service=None),
            ),
            models.CheckConstraint(
                name="lifted_by_somebody", condition=Q(lifted_at=None) | Q(lifted_by__isnull=False, why_lifted__gt="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def stands(self) -> bool:
        """Does it hold?"""
        return self.lifted_at is None

    @classmethod
    def place(
        cls, *, by: Any, kind: str, reason: str, case: Any = None, customer: Any = None, service: Any = None
    ) -> "Hold":
        """Keep it from now on."""
        if case is not None and case.disposed_at:
            raise NotPossible(_("What this case held was disposed of already. There is nothing left to hold."))
        made = cls.objects.create(
            kind=cls.Kind(kind), reason=reason, case=case, customer=customer and customer.standing, service=service,
            placed_by=by,
        )  # fmt: skip
        about = {"service": service.pk} if service else {"customer": made.customer_id} if customer else {}
        made.record("placed", by=by, kind=made.kind, **about)
        return made

    @verb
    def lift(self, *, by: Any, why: str) -> None:
        """Let the ordinary periods hold again; what is over by then may go."""
        if self.lifted_at:
            raise NotPossible(_("This hold was lifted already."))
        self.lifted_at, self.lifted_by, self.why_lifted = timezone.now(), by, why
        self.save()
        self.record("lifted", by=by, kind=self.kind)
