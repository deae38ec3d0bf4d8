"""The rows of a pack about notices that come round every year."""

from collections.abc import Iterator
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, field_validator

from townline.core.refusals import NotPossible
from townline.notices.models import Notice
from townline.notices.season import day_of_season, parts_of
from townline.packs.problems import Problem, did_you_mean
from townline.packs.schema import Row
from townline.packs.shapes import Code, Text, wrong


class SeasonRow(Row):
    """What the public should know every year in its season: notices.yaml."""

    code: Code = Field(max_length=60)
    kind: Literal["season"] = "season"
    name: Text
    text: Text
    area: Text | None = None
    streets: list[str] = []
    services: list[Code] = []
    season_from: str
    season_until: str
    status: Notice.Status = Notice.Status.PUBLISHED

    @field_validator("season_from", "season_until")
    @classmethod
    def a_day_of_every_year(cls, written: str) -> str:
        """Month and day."""
        try:
            return day_of_season(*parts_of(written))
        except (NotPossible, ValueError):
            what = _("“%(day)s” is not a day of every year.") % {"day": written}
            raise wrong(what, 'Write month and day, such as "11-15".') from None


def other_doors(pack: Any) -> Iterator[Problem]:
    """Each service that somebody who is stopped is led to is there."""
    known = pack.codes.get("services", set())
    for entry in pack.entries.get("services", []):
        for where, code in _doors(entry.row.questions or {}):
            if code not in known:
                what = _("There is no service “%(code)s”.") % {"code": code}
                yield entry.problem(where, what, did_you_mean(code, known))


def _doors(questions: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for at, page in enumerate(questions.get("pages") or []):
        for index, question in enumerate(page.get("questions") or []):
            for number, option in enumerate(question.get("options") or []):
                if code := (option.get("instead") or {}).get("service"):
                    loc = ("questions", "pages", at, "questions", index, "options", number, "instead", "service")
                    yield loc, code


def services_of_notices(pack: Any) -> Iterator[Problem]:
    """Each service that a notice is about is there."""
    known = pack.codes.get("services", set())
    for entry in pack.entries.get("notices", []):
        for code in entry.row.services:
            if code not in known:
                what = _("There is no service “%(code)s”.") % {"code": code}
                yield entry.problem("services", what, did_you_mean(code, known))
