"""Says what pydantic found in the words of somebody who writes a pack."""

from collections.abc import Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from townline.packs.problems import did_you_mean
from townline.packs.yaml_lines import Loc

TEXT = {"en", "fr"}
RIGHT = {
    "string_type": "Write text; put it in quotes if it looks like a number, a date or yes and no.",
    "bool_parsing": "Write true or false.",
    "bool_type": "Write true or false.",
    "int_parsing": "Write a whole number.",
    "int_type": "Write a whole number.",
    "int_from_float": "Write a whole number.",
    "date_from_datetime_parsing": "Write a date, such as 2026-05-31.",
    "date_parsing": "Write a date, such as 2026-05-31.",
    "date_type": "Write a date, such as 2026-05-31.",
    "list_type": "Write a list: one item a line, each after a hyphen.",
    "dict_type": "Write fields, each as “name: value”.",
}
WORDS = {
    "string_type": _l("“%(name)s” is not text."),
    "list_type": _l("“%(name)s” is not a list."),
    "dict_type": _l("“%(name)s” has no fields in it."),
    "string_too_short": _l("“%(name)s” is empty."),
}
NOT_RIGHT = _l("“%(name)s” is not right: “%(input)s”.")


def _shapes_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, UnionType, list, dict) or get_args(annotation):
        return [shape for part in get_args(annotation) for shape in _shapes_in(part)]
    return []


def _fields_at(shape: type[BaseModel], loc: Loc) -> set[str]:
    """The fields that may stand at this place of the shape."""
    shapes = [shape]
    for step in loc:
        if isinstance(step, str):
            fields = [found.model_fields[step] for found in shapes if step in found.model_fields]
            if fields:
                shapes = [inner for field in fields for inner in _shapes_in(field.annotation)]
    return {name for found in shapes for name in found.model_fields}


def _missing(name: str) -> tuple[str, str]:
    if name == "fr":
        return _("The French text is missing."), "Add “fr: …”: text for the public is in both languages."
    if name == "en":
        return _("The English text is missing."), "Add “en: …”: text for the public is in both languages."
    if name == "provenance":
        return _(
            "The row does not say where it comes from."
        ), "Add “provenance: {mark: S, source: …}” (S, T, K, C or P)."
    return _("“%(name)s” is missing.") % {"name": name}, f"Add “{name}: …”."


def _not_fields(name: str, fields: set[str]) -> tuple[str, str]:
    if fields == TEXT:
        return _("“%(name)s” is in one language only, or in none.") % {"name": name}, "Write “{en: …, fr: …}”."
    return _("“%(name)s” should have fields of its own.") % {"name": name}, f"Known: {', '.join(sorted(fields))}."


def explained(error: ErrorDetails, shape: type[BaseModel]) -> tuple[str, str]:
    """What is wrong, and what would be right."""
    loc, kind, context = error["loc"], error["type"], error.get("ctx", {})
    name = str(next((step for step in reversed(loc) if isinstance(step, str)), "this"))
    if "what" in context and "right" in context:
        return str(context["what"]), str(context["right"])
    if kind == "missing" or (kind == "string_too_short" and name in ("en", "fr")):
        return _missing(name)
    if kind == "extra_forbidden":
        known = _fields_at(shape, loc[:-1])
        if known == TEXT and error["input"] is None:
            what = _("“%(name)s” stands after a comma, as if it were a field.") % {"name": name}
            return what, "Put text with a comma in quotes."
        return _("“%(name)s” is not a field here.") % {"name": name}, did_you_mean(name, known)
    if kind in ("model_type", "model_attributes_type"):
        return _not_fields(name, _fields_at(shape, loc))
    if kind in ("enum", "literal_error"):
        return _not_a_choice(name, error["input"], context)
    if kind == "string_pattern_mismatch":
        what = _("“%(value)s” is not a code.") % {"value": error["input"]}
        return what, "Use small letters, digits and hyphens, and begin with a letter."
    if kind == "value_error":
        said = str(error["msg"]).removeprefix("Value error, ")
        comma = " Put text with a comma in quotes." if "en and fr only" in said else ""
        return _("“%(name)s” is not right.") % {"name": name}, f"{said[:1].upper()}{said[1:]}.{comma}"
    what = str(WORDS.get(kind, NOT_RIGHT)) % {"name": name, "input": error["input"]}
    return what, RIGHT.get(kind, f"{error['msg']}.")


def _not_a_choice(name: str, given: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    choices = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ",").split(",")]
    return _("“%(value)s” is not a value of “%(name)s”.") % {"value": given, "name": name}, did_you_mean(
        str(given), choices
    )
