"""Small words of the desk's templates."""

from collections.abc import Mapping
from typing import Any

from django import template

from townline.cases.models import Case
from townline.desk import living

register = template.Library()


@register.filter
def stamp(case: Case) -> str:
    """A row as it is drawn, so that its page can ask whether it has changed: {{ case|stamp }}."""
    return living.stamp(case)


@register.filter
def of_key(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds under a key; nothing when it holds none: {{ customers|of_key:case.customer_id }}."""
    return found.get(key, "")
