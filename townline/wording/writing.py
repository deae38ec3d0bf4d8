"""How a template comes about at the desk."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from townline.wording.models import Template


@transaction.atomic
def add_template(*, by: Any, **written: Any) -> Template:
    """A new template in its first version, with a code made of its name."""
    template = Template.objects.create(code=_free_code(str(written["name"])), written_by=by, **written)
    template.record("created", by=by)
    return template


def _free_code(name: str) -> str:
    """A code that no template has yet; a pack's code begins with a letter."""
    stem = slugify(name)[:50].strip("-_") or "template"
    stem = stem if stem[0].isalpha() else f"template-{stem}"[:50]
    taken = set(Template.objects.filter(code__startswith=stem).values_list("code", flat=True))
    codes = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(code for code in codes if code not in taken)
