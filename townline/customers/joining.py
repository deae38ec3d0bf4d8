"""The customer that an account is: made once, with the first thing that is noted of them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from townline.customers.models import Customer


def customer_of(user: Any) -> Customer:
    """The customer of this account; two requests at once make one."""
    with transaction.atomic():
        name = user.name or _("No name given")
        fields = {"name": name[:120], "language": user.language}
        customer, is_new = Customer.objects.get_or_create(account=user, defaults=fields)
        if is_new:
            customer.record("added", by=user)
    return customer
