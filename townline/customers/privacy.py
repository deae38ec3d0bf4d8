"""Which personal information stands in this part."""

from townline.customers.models import ContactPoint, Customer

PERSONAL = {Customer: ["name", "sort_key"], ContactPoint: ["value", "key"]}
