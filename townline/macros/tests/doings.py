"""Each verb of this part, done once."""

from typing import Any

from townline.macros.models import Macro


def a_macro(town: Any, **more: Any) -> Macro:
    """A macro that makes whoever runs it the assignee."""
    return Macro.objects.create(**{"code": "mine", "name": {"en": "Mine", "fr": "À moi"}, "takes": True} | more)


DOINGS = {
    "Macro.run": (a_macro, "ada", lambda one, town: one.run(by=town.ada, case=town.case("Lamp"))),
    "Macro.change": (a_macro, "dana", lambda one, town: one.change(by=town.dana, seen=1, name={"en": "My own"})),
    "Macro.retire": (a_macro, "dana", lambda one, town: one.retire(by=town.dana)),
    "Macro.restore": (
        lambda town: a_macro(town, is_active=False), "dana", lambda one, town: one.restore(by=town.dana)
    ),
}  # fmt: skip
