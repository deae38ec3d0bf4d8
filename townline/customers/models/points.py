"""How a customer is reached: phone numbers, e-mail addresses and mailing addresses, each with its history."""

from typing import Any

import phonenumbers
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class ContactPoint(Recorded):
    """A phone number, e-mail address or mailing address of a customer.

    `value` is what was typed; `key` is what look-ups compare: a lower-case
    address, an E.164 number, nothing for mail. The value never changes: what
    is corrected is retired and `replaced_by` another, so that a mail that went
    to it still says where it went.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _l("E-mail")
        PHONE = "phone", _l("Phone")
        MAIL = "mail", _l("Mailing address")

    class Status(models.TextChoices):
        ACTIVE = "active", _l("In use")
        FAILING = "failing", _l("Mail comes back")
        RETIRED = "retired", _l("No longer used")

    class Proof(models.TextChoices):
        ACCOUNT = "account", _l("They signed in with it")
        REPLIED = "replied", _l("They answered what we sent there")
        LINK = "link", _l("They pressed the button in our e-mail")
        CALLED = "called", _l("We called and reached them")
        SHOWN = "shown", _l("They showed it at the counter")

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=320)
    key = models.CharField(max_length=320, blank=True, editable=False)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    is_preferred = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_how = models.CharField(max_length=8, choices=Proof, blank=True)
    added_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        indexes = [models.Index(fields=["key", "kind"], name="contact_point_key")]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(is_preferred=True), name="one_preferred_contact_point"
            ),
            models.CheckConstraint(
                condition=~Q(status="retired") | Q(is_preferred=False), name="retired_is_not_preferred"
            ),
        ]

    def __str__(self) -> str:
        return self.value

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key in step with the value."""
        self.key = self.key_of(self.kind, self.value)
        super().save(*args, **kwargs)

    @property
    def current(self) -> "ContactPoint":
        """What it was corrected to; itself when it never was."""
        return self.replaced_by or self

    @property
    def is_retired(self) -> bool:
        """Is it no longer used?"""
        return self.status == self.Status.RETIRED

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

    @verb
    def choose(self, *, by: Any) -> None:
        """Make it the one to use first, instead of the one that was."""
        self._demand_in_use()
        ContactPoint.objects.filter(customer=self.customer_id, is_preferred=True).update(is_preferred=False)
        self.is_preferred = True
        self.save()
        self.record("chosen", by=by)

    @verb
    def verify(self, *, by: Any, how: str) -> None:
        """Note that it was shown to be theirs, and how."""
        self._demand_in_use()
        self.verified_at = timezone.now()
        self.verified_how = self.Proof(how)
        self.status = self.Status.ACTIVE
        self.save()
        self.record("verified", by=by, how=self.verified_how)

    @verb
    def retire(self, *, by: Any) -> None:
        """Use it no more; what went there keeps saying so."""
        self._demand_in_use()
        self._put_away()
        self.save()
        self.record("retired", by=by)

    @verb
    def restore(self, *, by: Any) -> None:
        """Use it again after all."""
        if not self.is_retired:
            raise NotPossible(_("This is in use already."))
        self.status, self.retired_at, self.replaced_by = self.Status.ACTIVE, None, None
        self.save()
        self.record("restored", by=by)

    @verb
    def correct(self, *, by: Any, value: str) -> "ContactPoint":
        """Replace what was typed wrongly or has changed; cases answered there are answered at the new one."""
        self._demand_in_use()
        demand_reachable(self.kind, value)
        if value.strip() == self.value:
            raise NotPossible(_("This is what stands there already."))
        was_preferred = self.is_preferred
        self._put_away()
        self.save()
        new = ContactPoint.objects.create(
            customer_id=self.customer_id, kind=self.kind, value=value.strip(), is_preferred=was_preferred
        )
        ContactPoint.objects.filter(Q(pk=self.pk) | Q(replaced_by=self)).update(replaced_by=new)
        self.replaced_by = new
        self.record("corrected", by=by, to=new.pk)
        return new

    def _put_away(self) -> None:
        self.status, self.retired_at, self.is_preferred = self.Status.RETIRED, timezone.now(), False

    def _demand_in_use(self) -> None:
        if self.is_retired:
            raise NotPossible(_("This is no longer used. Use it again first."))


def demand_reachable(kind: str, value: str) -> None:
    """Refuse a number that could not be dialled and an address that is none."""
    if not value.strip():
        raise NotPossible(_("Enter the number or the address."))
    if kind == ContactPoint.Kind.PHONE and not ContactPoint.key_of(kind, value):
        raise NotPossible(_("Enter a phone number with its area code, such as 905-555-0123."))
