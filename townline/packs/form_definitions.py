"""The questions of a service, as the part `questions` reads and checks them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from townline.packs.explaining import explained
from townline.packs.problems import Problem
from townline.packs.reading import Entry
from townline.questions.definition import Definition
from townline.questions.lint import lint


def read_definition(code: str, questions: dict[str, Any]) -> Definition:
    """The form definition of a service; a pack may leave out what the service already says."""
    return Definition.model_validate({"schema_version": 1, "code": code, "version": 1, **_as_json(questions)})


def canonical(definition: Definition) -> dict[str, Any]:
    """What is asked, without the version: the form in which two definitions are compared."""
    found = definition.as_json()
    found.pop("version")
    return found


def findings(entry: Entry[Any]) -> Iterator[Problem]:
    """Everything that keeps these questions from being published."""
    try:
        definition = read_definition(entry.row.code, entry.row.questions)
    except ValidationError as refused:
        for error in refused.errors():
            yield entry.problem(("questions", *error["loc"]), *explained(error, Definition))
        return
    if definition.code != entry.row.code:
        yield entry.problem(
            ("questions", "code"),
            _("The questions have the code “%(code)s”.") % {"code": definition.code},
            f"Write {entry.row.code}, or leave it out.",
        )
    for finding in lint(definition):
        yield entry.problem(("questions", *finding.loc), finding.what, finding.right)


def _as_json(value: Any) -> Any:
    """Dates that YAML has read as dates, as text again."""
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
