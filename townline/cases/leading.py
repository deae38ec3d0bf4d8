"""Where a reference leads: a case that was merged goes on in another, however long ago that was."""

from typing import Any

from townline.cases.models import Case
from townline.core.access import visible


def surviving(user: Any, reference: str) -> str:
    """The reference that this one leads to: itself, or that of the case in which it goes on."""
    merged = visible(user, Case.objects.filter(reference=reference, survivor__isnull=False))
    return merged.values_list("survivor__reference", flat=True).first() or reference
