"""The rows of a pack about a small municipality's day: members of Council, and what is urgent after hours."""

from django.utils.translation import gettext as _
from pydantic import Field, field_validator, model_validator

from townline.packs.schema import Row
from townline.packs.shapes import SPAN, Code, Email, Phone, Shape, Text, wrong


class Assistant(Shape):
    """Who asks for a member."""

    code: Code
    name: Text


class MemberRow(Row):
    """An office on Council: council.yaml. The office, not the person, is what a pack must know."""

    name: Text
    person: str = Field(default="", max_length=120)
    email: Email = ""
    phone: Phone = ""
    assistants: list[Assistant] = []
    order: int = Field(default=0, ge=0, le=10_000)
    is_active: bool = True

    @model_validator(mode="after")
    def assistants_once(self) -> "MemberRow":
        """An inquiry names an assistant by the code."""
        codes = [one.code for one in self.assistants]
        for code in {code for code in codes if codes.count(code) > 1}:
            raise wrong(_("Two assistants have the code “%(code)s”.") % {"code": code}, "Give one a code of its own.")
        return self


class RotaRow(Row):
    """A department that is on call: rotas.yaml. Who is on call is said at the desk, week by week."""

    department: Code
    changes_on: int = Field(default=0, ge=0, le=6)
    changes_at: str = "08:30"
    climb_minutes: int = Field(default=15, ge=1, le=240)
    rounds: int = Field(default=3, ge=1, le=20)
    is_active: bool = True

    @field_validator("changes_at")
    @classmethod
    def a_time(cls, changes_at: str) -> str:
        """The hour at which one week becomes the next."""
        if not SPAN.fullmatch(changes_at):
            raise wrong(_("“%(time)s” is not a time of day.") % {"time": changes_at}, "Write it as 08:30.")
        return changes_at


class ScriptRow(Row):
    """What the answering service asks and says for one service: urgent_scripts.yaml."""

    service: Code = Field(max_length=60)
    rota: Code | None = None
    urgent_if: Text | None = None
    ask: Text
    say: Text | None = None
    otherwise: Text
    order: int = Field(default=0, ge=0, le=10_000)
    is_active: bool = True

    @model_validator(mode="after")
    def urgent_by_a_rule(self) -> "ScriptRow":
        """Whoever is paged is paged by a rule, and the caller is told."""
        if self.rota and not (self.urgent_if and self.say):
            raise wrong(_("Somebody can be paged, but not when."), "Write urgent_if and say, or leave out rota.")
        return self
