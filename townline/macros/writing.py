"""How a macro comes about at the desk."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from townline.macros.models import Macro


@transaction.atomic
def add_macro(*, by: Any, **written: Any) -> Macro:
    """A new macro, with a code made of its name."""
    stem = slugify(str(written["name"]))[:50].strip("-_") or "macro"
    stem = stem if stem[0].isalpha() else f"macro-{stem}"[:50]
    taken = set(Macro.objects.filter(code__startswith=stem).values_list("code", flat=True))
    codes = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    macro: Macro = Macro.objects.create(code=next(code for code in codes if code not in taken), **written)
    macro.record("created", by=by)
    return macro
