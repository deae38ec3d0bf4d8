"""Each verb of this part, done once."""

from typing import Any

from townline.wording.models import Template


def a_template(town: Any, **more: Any) -> Template:
    """Words that everybody owns."""
    given = {"code": "hello", "name": {"en": "Hello", "fr": "Bonjour"}, "text": {"en": "Hello, {assignee} here."}}
    return Template.objects.create(**given | more)


DOINGS = {
    "Template.change": (
        a_template, "dana", lambda one, town: one.change(by=town.dana, seen=1, text={"en": "Good day."})
    ),
    "Template.retire": (a_template, "dana", lambda one, town: one.retire(by=town.dana)),
    "Template.restore": (
        lambda town: a_template(town, is_active=False), "dana", lambda one, town: one.restore(by=town.dana)
    ),
}  # fmt: skip
