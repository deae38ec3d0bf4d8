"""What the sign-in page shows of the identity provider."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from townline.accounts import oidc

register = template.Library()


@register.simple_tag
def provider() -> str:
    """The label of its button; empty where there is none."""
    return oidc.label() if oidc.is_on() else ""


@register.simple_tag(takes_context=True)
def provider_link(context: dict[str, Any]) -> str:
    """Where the button leads, and where from there."""
    onward = context["request"].GET.get("next")
    return reverse("provider") + (f"?{urlencode({'next': onward})}" if onward else "")
