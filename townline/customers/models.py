"""People and businesses who contact the municipality, and how to reach them."""

from typing import Any

import phonenumbers
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _l

from townline.core.localized import folded
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class CustomerQuerySet(models.QuerySet["Customer"]):
    """Customers as a representative would look for them."""

    def reached_at(self, kind: str, value: str) -> "CustomerQuerySet":
        """Candidates: everybody who gave this e-mail address or phone number."""
        points = ContactPoint.objects.filter(kind=kind, key=ContactPoint.key_of(kind, value)).exclude(key="")
        return self.filter(pk__in=points.values("customer_id"))

    def named(self, beginning: str) -> "CustomerQuerySet":
        """Everybody whose name begins like this, accents and case apart."""
        key = folded(beginning)
        return self.filter(sort_key__gte=key, sort_key__lt=key + "\uffff") if key else self.none()


class Customer(Recorded):
    """A resident, property owner, visitor, group or business that contacts the municipality.

    The only place, with `ContactPoint`, where an ordinary customer's name and
    contact points stand; everything else points here.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _l("Person")
        BUSINESS = "business", _l("Business or group")

    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=120, db_index=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)
    language = models.CharField(max_length=2, default="en")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="customer"
    )

    objects = CustomerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key in step with the name."""
        self.sort_key = folded(self.name)[:120]
        super().save(*args, **kwargs)

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


class ContactPoint(models.Model):
    """A phone number, e-mail address or mailing address of a customer.

    `value` is what was typed; `key` is what look-ups compare: a lower-case
    address, an E.164 number, nothing for mail.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _l("E-mail")
        PHONE = "phone", _l("Phone")
        MAIL = "mail", _l("Mailing address")

    class Status(models.TextChoices):
        ACTIVE = "active", _l("In use")
        FAILING = "failing", _l("Mail comes back")
        RETIRED = "retired", _l("No longer used")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=320)
    key = models.CharField(max_length=320, blank=True, editable=False)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["key", "kind"], name="contact_point_key")]

    def __str__(self) -> str:
        return self.value

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key in step with the value."""
        self.key = self.key_of(self.kind, self.value)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(kind: str, value: str) -> str:
        """What a look-up compares; empty when the value cannot be looked up."""
        if kind == ContactPoint.Kind.EMAIL:
            return value.strip().lower()
        if kind == ContactPoint.Kind.PHONE:
            try:
                number = phonenumbers.parse(value, "CA")
            except phonenumbers.NumberParseException:
                return ""
            if not phonenumbers.is_possible_number(number):
                return ""
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return ""
