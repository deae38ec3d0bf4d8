"""Small words for the portal's templates."""

from typing import Any

from django import template

from townline.core.localized import Localized
from townline.portal.asking import Asking
from townline.ui.templatetags.ui import wording

register = template.Library()


@register.filter
def localized(text: Any) -> str:
    """A text of a pack that is plain data, in the language of the page: {{ point.label|localized }}."""
    return wording(text if isinstance(text, Localized) or not isinstance(text, dict) else Localized(text))


@register.simple_tag
def step_url(asking: Asking, step: str, before: str = "") -> str:
    """The address of a step: {% step_url asking "where" as address %}."""
    return asking.url(f"{before}{step}")
