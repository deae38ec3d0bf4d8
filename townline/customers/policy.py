"""Who may know of customers."""

from typing import Any

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.customers.models import Accommodation, Consent, ContactPoint, Customer


@policy(Customer)
class CustomerPolicy(Policy):
    """Staff who serve the public may look customers up; a customer knows of themselves."""

    def scope(self) -> Q:
        """All of them, for those who may look."""
        if self.user.is_anonymous:
            return self.NOTHING
        if self.user.holds("customer.read") or self.user.holds("records.access"):
            return self.EVERYTHING
        return Q(account=self.user)

    def answer(self, customer: Customer) -> bool:
        """Give them what we hold, or correct it: whoever answers access requests."""
        return bool(not self.user.is_anonymous and self.user.holds("records.access"))

    def read(self, customer: Customer) -> bool:
        """Staff who may look customers up, or the customer."""
        if self.user.is_anonymous:
            return False
        return bool(self.user.holds("customer.read") or self._is(customer))

    def open(self, customer: Customer) -> bool:
        """Staff who may look customers up, or the customer."""
        return self.read(customer)

    def rename(self, customer: Customer) -> bool:
        """Staff who may edit, or the customer."""
        return self._edits() or self._is(customer)

    def prefer(self, customer: Customer) -> bool:
        """Whoever serves the public, or the customer."""
        return self._edits() or self._is(customer)

    def accommodate(self, customer: Customer) -> bool:
        """Whoever serves the public, or the customer."""
        return self._edits() or self._is(customer)

    def consent(self, customer: Customer) -> bool:
        """Staff, who have seen or heard it."""
        return self._edits()

    def add_point(self, customer: Customer) -> bool:
        """Staff who may edit."""
        return self._edits()

    def merge(self, customer: Customer) -> bool:
        """Staff who may edit; never a customer."""
        return self._edits()

    def unmerge(self, customer: Customer) -> bool:
        """Staff who may edit; never a customer."""
        return self._edits()

    def _edits(self) -> bool:
        return bool(not self.user.is_anonymous and self.user.holds("customer.edit"))

    def _is(self, customer: Customer) -> bool:
        return bool(customer.account_id is not None and customer.account_id == self.user.pk)

    def dispose(self, customer: Customer) -> bool:
        """Nobody by hand: a disposition that two people approved does it."""
        return False


class OfCustomerPolicy(Policy):
    """What hangs on a customer is known to those who know the customer."""

    def scope(self) -> Q:
        """All of them, for those who may look; a customer their own."""
        if self.user.is_anonymous:
            return self.NOTHING
        if self.user.holds("customer.read"):
            return self.EVERYTHING
        return Q(customer__account=self.user)

    def _edits(self, record: Any) -> bool:
        return bool(not self.user.is_anonymous and self.user.holds("customer.edit"))

    def _edits_or_is_theirs(self, record: Any) -> bool:
        return self._edits(record) or CustomerPolicy(self.user)._is(record.customer)


@policy(ContactPoint)
class ContactPointPolicy(OfCustomerPolicy):
    """How to reach a customer is looked after by staff who may edit."""

    def choose(self, point: ContactPoint) -> bool:
        """Staff who may edit."""
        return self._edits(point)

    def verify(self, point: ContactPoint) -> bool:
        """Staff who may edit."""
        return self._edits(point)

    def correct(self, point: ContactPoint) -> bool:
        """Staff who may edit."""
        return self._edits(point)

    def retire(self, point: ContactPoint) -> bool:
        """Staff who may edit."""
        return self._edits(point)

    def restore(self, point: ContactPoint) -> bool:
        """Staff who may edit."""
        return self._edits(point)


@policy(Accommodation)
class AccommodationPolicy(OfCustomerPolicy):
    """What a customer needs is known to whoever serves them, and theirs to change."""

    def end(self, accommodation: Accommodation) -> bool:
        """Whoever serves the public, or the customer."""
        return self._edits_or_is_theirs(accommodation)


@policy(Consent)
class ConsentPolicy(OfCustomerPolicy):
    """A consent is noted by staff; who gave it may take it back."""

    def withdraw(self, consent: Consent) -> bool:
        """Staff, or the customer."""
        return self._edits_or_is_theirs(consent)
