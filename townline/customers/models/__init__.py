"""People and businesses who contact the municipality: how to reach them, what they need, what they agreed to."""

from townline.customers.models.consents import Consent
from townline.customers.models.customer import Customer, CustomerQuerySet
from townline.customers.models.needs import Accommodation
from townline.customers.models.points import ContactPoint

__all__ = ["Accommodation", "Consent", "ContactPoint", "Customer", "CustomerQuerySet"]
