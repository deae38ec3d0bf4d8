"""How a notice comes about at the desk."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from townline.notices.models import Notice


@transaction.atomic
def draft_notice(*, by: Any, **written: Any) -> Notice:
    """A new draft, with a code made of its name."""
    stem = slugify(str(written["name"].get("en", "")))[:50].strip("-_") or "notice"
    stem = stem if stem[0].isalpha() else f"notice-{stem}"[:50]
    taken = set(Notice.objects.filter(code__startswith=stem).values_list("code", flat=True))
    codes = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    notice: Notice = Notice.objects.create(code=next(code for code in codes if code not in taken), **written)
    notice.record("drafted", by=by)
    return notice
