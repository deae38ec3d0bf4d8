"""What is somebody's own on the portal: what carries an address or a number that they have proved to be theirs."""

from typing import Any

from django.db.models import Q

from townline.customers.models import ContactPoint, Customer

BY_STAFF = (ContactPoint.Proof.CALLED, ContactPoint.Proof.SHOWN)


def theirs(user: Any) -> tuple[list[int], list[int]]:
    """The contact points that are this account's, and the customers that it is: by their few keys.

    An e-mail address counts once they confirmed it, a mobile number once a code that was sent there came
    back. A number that staff confirmed on the phone or at the counter counts for cases of the same name
    only: several people may share one line.
    """
    mine = list(Customer.objects.filter(account=user).values_list("pk", flat=True))
    family = list(Customer.objects.family(mine).values_list("pk", flat=True)) if mine else []
    known = Q(kind="email", key__in=user.verified_addresses)
    if user.phone and user.phone_verified_at:
        known |= Q(kind="phone", key=user.phone)
    known &= Q(status__in=("active", "failing"))
    points = ContactPoint.objects.filter(known | Q(replaced_by__in=ContactPoint.objects.filter(known), kind="email"))
    return [*points.values_list("pk", flat=True), *_same_number(family)], family


def _same_number(family: list[int]) -> list[int]:
    """The points with a number that staff confirmed to be theirs, of customers of the same name."""
    if not family:
        return []
    confirmed = ContactPoint.objects.filter(
        customer__in=family, kind="phone", verified_how__in=BY_STAFF, status="active"
    ).exclude(key="")
    names = Customer.objects.filter(pk__in=family).values("sort_key")
    same = ContactPoint.objects.filter(kind="phone", key__in=confirmed.values("key"), customer__sort_key__in=names)
    return list(same.exclude(status="retired").values_list("pk", flat=True))
