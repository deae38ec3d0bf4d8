"""Who may know of customers."""

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.customers.models import ContactPoint, Customer


@policy(Customer)
class CustomerPolicy(Policy):
    """Staff who serve the public may look customers up; a customer knows of themselves."""

    def scope(self) -> Q:
        """All of them, for those who may look."""
        if self.user.is_anonymous:
            return self.NOTHING
        if self.user.holds("customer.read"):
            return self.EVERYTHING
        return Q(account=self.user)

    def read(self, customer: Customer) -> bool:
        """Staff who may look customers up, or the customer."""
        if self.user.is_anonymous:
            return False
        return bool(self.user.holds("customer.read") or customer.account_id == self.user.pk)

    def open(self, customer: Customer) -> bool:
        """Staff who may look customers up, or the customer."""
        return self.read(customer)

    def rename(self, customer: Customer) -> bool:
        """Staff who may edit, or the customer."""
        return bool(self.user.holds("customer.edit") or customer.account_id == self.user.pk)


@policy(ContactPoint)
class ContactPointPolicy(Policy):
    """Contact points are known to those who know the customer."""

    def scope(self) -> Q:
        """All of them, for those who may look."""
        if self.user.is_anonymous:
            return self.NOTHING
        if self.user.holds("customer.read"):
            return self.EVERYTHING
        return Q(customer__account=self.user)
