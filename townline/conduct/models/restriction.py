"""A restriction: a dated, reasoned, reviewable limit on contact, only under an adopted policy that the pack names."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Municipality
from townline.catalogue.models import Kind, Service
from townline.channels.models import Mail
from townline.conduct.models.behaviour import Behaviour
from townline.conduct.models.deciding import Deciding
from townline.core.refusals import NotPossible
from townline.customers.models import Customer
from townline.timeline.models import Recorded

NEVER_LIMITED = {Kind.ACCESS_REQUEST}
"""Kinds of case that no restriction reaches; services say of themselves when none does."""


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    """Restrictions as whoever is about to meet the customer would ask for them."""

    def in_force(self, on: date) -> "RestrictionQuerySet":
        """By the dates themselves: one that is over limits nothing, whether or not a job has noticed."""
        return self.filter(state=Deciding.State.APPROVED, starts_on__lte=on, ends_on__gte=on)

    def over(self, on: date) -> "RestrictionQuerySet":
        """Approved once, and past their last day."""
        return self.filter(state=Deciding.State.APPROVED, ends_on__lt=on)


class Restriction(Deciding, Recorded):
    """A limit on how a customer may contact us, with reason, evidence, approval, end, review and appeal.

    It never reaches emergencies, access requests, elections or accessible
    service, and intake refuses nothing because of it: staff see its terms.
    """

    class Kind(models.TextChoices):
        ONE_PERSON = "one_person", _l("One contact person")
        ONE_CHANNEL = "one_channel", _l("One channel")
        FREQUENCY = "frequency", _l("A fixed frequency")
        NO_REPEATS = "no_repeats", _l("No reply to repeats")
        SUPERVISED = "supervised", _l("Supervised visits")
        NO_ACCESS = "no_access", _l("No access to a facility")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=12, choices=Kind)
    terms = models.CharField(max_length=300, help_text="What staff and the customer go by, in one sentence.")
    reason = models.TextField()
    evidence = models.ManyToManyField(Behaviour, related_name="restrictions")
    notice = models.TextField(help_text="What the customer is told.")
    notice_mail = models.ForeignKey(Mail, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    policy_name = models.JSONField(default=dict, help_text="The adopted policy it was asked for under.")
    policy_clause = models.CharField(max_length=60, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    review_on = models.DateField()

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "ends_on"], name="restriction_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), review_on__lte=F("ends_on")), name="restriction_dates"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False), name="approved_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")), name="not_approved_by_who_asked"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @classmethod
    def request(
        cls, customer: Customer, *, by: Any, kind: str, terms: str, reason: str, notice: str,
        evidence: Iterable[Behaviour], starts_on: date, ends_on: date, review_on: date,
    ) -> "Restriction":  # fmt: skip
        """Ask for one. It holds for nobody until somebody above in the reporting line has approved it."""
        policy = adopted_policy()
        if not policy:
            raise NotPossible(_("No adopted policy allows restrictions here. Name it in the pack first."))
        shown = list(evidence)
        family = customer.family_ids
        if not shown or any(one.customer_id not in family or one.withdrawn_at for one in shown):
            raise NotPossible(
                _("A restriction rests on recorded behaviour of this customer. Choose at least one record.")
            )
        cls.demand_dates(starts_on, ends_on, review_on)
        made = cls.objects.create(
            customer=customer.standing, kind=cls.Kind(kind), terms=terms, reason=reason, notice=notice,
            policy_name=policy["name"], policy_clause=policy.get("clause", ""), requested_by=by,
            starts_on=starts_on, ends_on=ends_on, review_on=review_on,
        )  # fmt: skip
        made.evidence.set(shown)
        made.record(
            "requested", by=by, customer=made.customer_id, kind=made.kind, starts=starts_on.isoformat(),
            ends=ends_on.isoformat(), evidence=[one.pk for one in shown],
        )  # fmt: skip
        return made


def adopted_policy() -> dict[str, Any]:
    """The policy that allows restrictions, as the pack names it; empty where none does."""
    found = Municipality.objects.values_list("conduct_policy", flat=True).first()
    return found or {}


def reaches(service: Service | None) -> bool:
    """Does a restriction say anything about this service? Never about emergencies, access, elections, accessibility."""
    return service is None or not (service.never_restricted or service.kind in NEVER_LIMITED)
