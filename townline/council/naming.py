"""Whether words say who somebody is: their family name, or a number or address that reaches them."""

import re
from typing import Any

from townline.core.localized import folded
from townline.customers.models import ContactPoint

SHORTEST = 3
"""A shorter name stands in too many words; as it is written, so that “Park” is not a park."""


def names(constituent: Any, text: str) -> bool:
    """Does this text name them, or say how to reach them?"""
    written = set(re.findall(r"\w+", text))
    family = re.findall(r"\w+", constituent.name)[-1:]
    if family and len(family[0]) >= SHORTEST and family[0] in written:
        return True
    return any(_reaches(point, text) for point in constituent.standing.points_in_use().values())


def _reaches(point: ContactPoint, text: str) -> bool:
    if point.kind == ContactPoint.Kind.PHONE:
        number = re.sub(r"\D", "", point.value)[-10:]
        return bool(number) and number in re.sub(r"\D", "", text)
    return folded(point.value) in folded(text)
