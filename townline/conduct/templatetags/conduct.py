"""Small words of the templates about conduct."""

from typing import Any

from django import template

from townline.conduct.before_contact import in_words

register = template.Library()


@register.inclusion_tag("conduct/_before_contact.html")
def before_contact(restrictions: Any, interventions: Any, is_reached: bool = True) -> dict[str, Any]:
    """What holds today, above everything else: {% before_contact restrictions interventions %}.

    `is_reached=False` says that no restriction reaches the service that is asked for.
    """
    return {
        "restrictions": in_words(restrictions or []),
        "interventions": in_words(interventions or []),
        "is_reached": is_reached,
    }
