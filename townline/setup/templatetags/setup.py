"""What the pages of the setup say of a form and of where its values come from."""

from typing import Any

from django import template

from townline.setup.row_forms import MARKS

register = template.Library()


@register.simple_tag
def section(sections: dict[str, Any], name: str) -> Any:
    """The heading above a field, if a section begins with it: {% section about.sections field.name as heading %}."""
    return (sections or {}).get(name, "")


@register.filter
def mark_in_words(mark: str) -> Any:
    """What a mark of provenance means."""
    return dict(MARKS).get(mark, "")
