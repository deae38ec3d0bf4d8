"""Filters of the records pages, loaded with `{% load records %}`."""

from django import template

register = template.Library()


@register.filter
def called(names: dict[int, str], pk: int) -> str:
    """How the case of this id is called here: {{ names|called:hold.case_id }}."""
    return names.get(pk, "")
