"""A customer: who they are, and how they are looked up."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.localized import folded
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models.consents import Consenting
from townline.customers.models.disposing import Disposing
from townline.customers.models.merging import Merging
from townline.customers.models.needs import Needing
from townline.customers.models.points import ContactPoint, demand_reachable
from townline.timeline.models import Recorded


class CustomerQuerySet(models.QuerySet["Customer"]):
    """Customers as a representative would look for them."""

    def reached_at(self, kind: str, value: str) -> "CustomerQuerySet":
        """Candidates: everybody who is reached at this e-mail address or phone number."""
        points = ContactPoint.objects.filter(kind=kind, key=ContactPoint.key_of(kind, value)).exclude(key="")
        return self.filter(pk__in=points.exclude(status=ContactPoint.Status.RETIRED).values("customer_id"))

    def named(self, beginning: str) -> "CustomerQuerySet":
        """Everybody whose name begins like this, accents and case apart."""
        key = folded(beginning)
        return self.filter(sort_key__gte=key, sort_key__lt=key + "\uffff") if key else self.none()

    def records_of(self, root: int) -> "CustomerQuerySet":
        """The record with this number and those that were merged into it; quick as part of a bigger question."""
        return self.filter(Q(pk=root) | Q(merged_into=root))

    def family(self, pks: Any) -> "CustomerQuerySet":
        """These and every record that stands together with one of them."""
        roots = self.model._default_manager.filter(pk__in=pks, merged_into__isnull=False).values("merged_into")
        return self.filter(Q(pk__in=pks) | Q(merged_into__in=pks) | Q(pk__in=roots) | Q(merged_into__in=roots))


class Customer(Needing, Consenting, Merging, Disposing, Recorded):
    """A resident, property owner, visitor, group or business that contacts the municipality.

    The only part, with what hangs on it, where an ordinary customer's name and
    contact points stand; everything else points here.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _l("Person")
        BUSINESS = "business", _l("Business or group")

    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=120, db_index=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="customer"
    )

    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    merge_changes = models.JSONField(default=dict, editable=False, help_text="field: [before, after] of the other.")

    objects = CustomerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key in step with the name."""
        self.sort_key = folded(self.name)[:120]
        super().save(*args, **kwargs)

    @property
    def family_ids(self) -> list[int]:
        """Every record of this customer: the one that stands for them first, then those merged into it."""
        root = self.merged_into_id or self.pk
        return [root, *Customer.objects.filter(merged_into=root).order_by("pk").values_list("pk", flat=True)]

    def points_in_use(self) -> dict[tuple[str, str], ContactPoint]:
        """By kind and key, the preferred one first."""
        rows = ContactPoint.objects.filter(customer__in=self.family_ids).exclude(status=ContactPoint.Status.RETIRED)
        return {(one.kind, one.key or one.value): one for one in rows.order_by("-is_preferred", "id")}

    @verb
    def open(self, *, by: Any) -> None:
        """Look at the customer's page: it leaves who did, and when."""
        self.record("opened", by=by)

    @verb
    def rename(self, *, by: Any, name: str) -> None:
        """Correct how the customer is called."""
        self.name = name
        self.save()
        self.record("renamed", by=by)

    @verb
    def add_point(self, *, by: Any, kind: str, value: str) -> ContactPoint:
        """Note another way to reach them; one that was given up is taken up again."""
        kind = ContactPoint.Kind(kind)
        demand_reachable(kind, value)
        value = value.strip()
        key = ContactPoint.key_of(kind, value)
        same = Q(key=key) if key else Q(value=value)
        known = ContactPoint.objects.filter(same, customer__in=self.family_ids, kind=kind).first()
        if known and not known.is_retired:
            raise NotPossible(_("We know this of them already."))
        if known:
            known.status, known.retired_at, known.replaced_by = ContactPoint.Status.ACTIVE, None, None
            known.save()
        point = known or ContactPoint.objects.create(customer=self, kind=kind, value=value)
        self.record("point_added", by=by, point=point.pk)
        return point
