"""Small words of the desk's templates."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of_key(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds under a key; nothing when it holds none: {{ customers|of_key:case.customer_id }}."""
    return found.get(key, "")
