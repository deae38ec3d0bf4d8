"""Small words for the portal's templates."""

import re
from typing import Any

from django import template

from townline.core.localized import Localized
from townline.portal.asking import Asking
from townline.ui.templatetags.ui import wording

register = template.Library()

EXTENSION = re.compile(r"\s*(?:ext\.?|extension|poste|x)\s*(\d+)\s*$", re.IGNORECASE)


@register.filter
def localized(text: Any) -> str:
    """A text of a pack that is plain data, in the language of the page: {{ point.label|localized }}."""
    return wording(text if isinstance(text, Localized) or not isinstance(text, dict) else Localized(text))


@register.filter
def tel(number: str) -> str:
    """A phone number as a link dials it, “905-623-3379;ext=2105”: <a href="tel:{{ point.value|tel }}">."""
    extension = EXTENSION.search(number)
    digits = re.sub(r"[^\d+]+", "-", EXTENSION.sub("", number)).strip("-")
    return f"{digits};ext={extension[1]}" if extension else digits


@register.simple_tag
def step_url(asking: Asking, step: str, before: str = "") -> str:
    """The address of a step: {% step_url asking "where" as address %}."""
    return asking.url(f"{before}{step}")
