"""Builders of small forms for tests."""

from datetime import date
from typing import Any

from townline.questions.definition import Definition
from townline.questions.terms import Context

THURSDAY = Context(today=date(2026, 12, 3))


def text(en: str, fr: str = "") -> dict[str, str]:
    """A text in both languages."""
    return {"en": en, "fr": fr or f"{en} (fr)"}


def question(id: str, kind: str = "short_text", **more: Any) -> dict[str, Any]:
    """A question; choices are given as `codes="small big"`."""
    codes = more.pop("codes", "")
    if codes:
        more["options"] = [{"code": code, "label": text(code.capitalize())} for code in codes.split()]
    return {"id": id, "kind": kind, "label": text(f"{id.capitalize()}?"), **more}


def page(id: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A page with these questions."""
    return {"id": id, "title": text(id.capitalize()), "questions": list(questions), **more}


def dogs(*questions: dict[str, Any], least: int = 0, most: int = 3) -> dict[str, Any]:
    """A page that is answered once for each dog."""
    return page("dogs", *questions, repeat={"min": least, "max": most, "item": text("dog", "chien")})


def written(*pages: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A definition as it is written down."""
    return {"schema_version": 1, "code": "test", "version": 1, "title": text("Test"), "pages": list(pages), **more}


def definition(*pages: dict[str, Any], **more: Any) -> Definition:
    """A definition as it is read."""
    return Definition.model_validate(written(*pages, **more))


def asking(*questions: dict[str, Any], **more: Any) -> Definition:
    """A form of one page."""
    return definition(page("page", *questions), **more)
