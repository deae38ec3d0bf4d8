"""The small shapes that rows of a pack are made of: text, provenance, spans, contact points."""

import re
from datetime import date
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from townline.ui.brand import faults

PHONE = re.compile(r"(\+?1[-. ])?(\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}( ?(ext\.?|x|,) ?\d{1,6})?|[2-9]11")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def wrong(what: str, right: str) -> PydanticCustomError:
    """A refusal in our own words: what is wrong, and what would be right."""
    return PydanticCustomError("pack", "{what}", {"what": what, "right": right})


def _phone(value: str) -> str:
    if value and not PHONE.fullmatch(value):
        raise wrong(
            _("“%(value)s” is not a phone number.") % {"value": value},
            "Write it as 905-555-0123 or 905-555-0123 ext. 12.",
        )
    return value


def _email(value: str) -> str:
    if value and not EMAIL.fullmatch(value):
        raise wrong(_("“%(value)s” is not an e-mail address.") % {"value": value}, "Write it as clerk@example.ca.")
    return value


def _website(value: str) -> str:
    if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise wrong(_("“%(value)s” is not a web address.") % {"value": value}, "Write it as https://www.example.ca.")
    return value


Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=50)]
Phone = Annotated[str, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(_email)]
Website = Annotated[str, AfterValidator(_website)]
Said = Annotated[str, StringConstraints(min_length=1)]


class Shape(BaseModel):
    """Nothing unknown is let through, and text is taken without the white space around it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Text(Shape):
    """Text for the public: English and French, both."""

    en: Said
    fr: Said


class ConductPolicy(Shape):
    """The adopted policy that allows restrictions on contact; without one they are off."""

    name: Text
    adopted_on: date
    clause: str = ""
    appeal_days: int = Field(default=14, ge=1, le=90)


class StaffText(Shape):
    """Text that only staff read: French where there is some."""

    en: Said
    fr: str = ""


class Source(Shape):
    """Where a value comes from. S: a public document of this municipality. T: another's. K: general
    knowledge, to be verified. C: computed or checked by us. P: our proposal."""

    mark: Literal["S", "T", "K", "C", "P"]
    source: str = ""
    note: str = ""
    confirmed_on: date | None = None


class Provenance(Source):
    """The source of a row, and of the fields that have another one."""

    fields: dict[str, Source] = {}

    @model_validator(mode="after")
    def seen_somewhere(self) -> "Provenance":
        """What was seen in a document says in which."""
        if self.mark in "ST" and not self.source:
            what = _("Mark %(mark)s says that it was seen, but not where.") % {"mark": self.mark}
            raise wrong(what, "Add source: the document's title.")
        return self


class Brand(Shape):
    """Design tokens only; text must be readable on them."""

    colour: str
    accent: str | None = None

    @model_validator(mode="after")
    def readable(self) -> "Brand":
        """The portal would not wear a brand with faults."""
        for fault in faults(self.model_dump(exclude_none=True)):
            what, _dot, right = fault.partition(". ")
            raise wrong(f"{what.rstrip('.')}.", right or "Write it as “#1d4f2b”.")
        return self


class ContactPoint(Shape):
    """One way to reach a person at the municipality."""

    kind: Literal["phone", "email", "portal", "counter", "mail", "fax"]
    value: Said
    label: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def of_its_kind(self) -> "ContactPoint":
        """A phone is a phone number, and so on."""
        {"phone": _phone, "fax": _phone, "email": _email}.get(self.kind, str)(self.value)
        return self


class Officer(Shape):
    """Who can answer questions about the collection of personal information."""

    title: Text
    address: Said
    phone: Annotated[Phone, StringConstraints(min_length=1)]


class Step(Shape):
    """Who does one step of a service, and why it is so."""

    mode: Literal["central", "partial", "decentralised"]
    reason: StaffText


class Centralisation(Shape):
    """Intake, decision and fulfilment, each on its own."""

    intake: Step
    decision: Step
    fulfilment: Step


class AskedOption(Shape):
    """One thing to choose."""

    code: Code
    label: Text


class Asked(Shape):
    """One thing that a step asks: a note, a date, an amount, a number or a choice."""

    ask: Literal["note", "on", "amount", "number", "choice"]
    label: Text
    is_required: bool = False
    when: Literal["", "ahead"] = ""
    options: list[AskedOption] = []

    @model_validator(mode="after")
    def fitting(self) -> "Asked":
        """A choice has options, a date may lie ahead, and nothing else has either."""
        if bool(self.options) != (self.ask == "choice"):
            raise wrong(
                _("Options belong to a choice, and a choice needs some."), "Add options, or ask something else."
            )
        if self.when and self.ask != "on":
            raise wrong(_("Only a date can lie ahead."), "Leave out when.")
        return self


class Closed(Shape):
    """One day on which a calendar is closed."""

    on: date
    name: Text
    kind: Literal["municipal", "statutory"] = "municipal"


class Hours(Shape):
    """Opening spans for each day of the week; a day without any is closed."""

    mon: list[list[str]] = []
    tue: list[list[str]] = []
    wed: list[list[str]] = []
    thu: list[list[str]] = []
    fri: list[list[str]] = []
    sat: list[list[str]] = []
    sun: list[list[str]] = []

    @field_validator("*")
    @classmethod
    def in_order(cls, spans: list[list[str]]) -> list[list[str]]:
        """Each span opens before it closes, and none overlaps another."""
        last = ""
        for span in spans:
            if len(span) != 2 or not SPAN.fullmatch(span[0]) or not (SPAN.fullmatch(span[1]) or span[1] == "24:00"):
                raise wrong(
                    _("“%(span)s” is not an opening span.") % {"span": "-".join(span)},
                    'Write two times, such as ["08:30", "16:30"].',
                )
            if span[0] >= span[1]:
                what = _("%(opens)s to %(closes)s closes before it opens.") % {"opens": span[0], "closes": span[1]}
                raise wrong(what, "Put the earlier time first.")
            if span[0] < last:
                raise wrong(
                    _("The span from %(opens)s to %(closes)s overlaps the one before it.")
                    % {"opens": span[0], "closes": span[1]},
                    f"Begin at {last} or later, or make the two spans one.",
                )
            last = span[1]
        return spans

    @property
    def is_ever_open(self) -> bool:
        """Is there any span at all?"""
        return any(getattr(self, day) for day in type(self).model_fields)
