"""The rows of a pack that say how cases are handled: steps of officers, wrap-ups, bodies that are not us."""

import re

from django.utils.translation import gettext as _
from pydantic import Field, field_validator, model_validator

from townline.catalogue.kinds import TimeUnit
from townline.catalogue.models import Kind
from townline.packs.schema import Row
from townline.packs.shapes import Asked, Code, StaffText, Text, wrong


class BodyRow(Row):
    """Who looks after what is not ours: bodies.yaml."""

    name: Text
    matter: Text
    reach: Text
    say: Text
    is_door: bool = False
    order: int = Field(default=0, ge=0, le=10_000)
    is_active: bool = True


class WrapUpRow(Row):
    """How an answered contact is counted: wrap_ups.yaml."""

    keys: str
    name: Text
    kind: Kind | None = None
    department: Code | None = None
    order: int = Field(default=0, ge=0, le=10_000)
    is_active: bool = True

    @field_validator("keys")
    @classmethod
    def two_keys(cls, keys: str) -> str:
        """Typed without a second key held down."""
        if not re.fullmatch(r"[a-z0-9]{2}", keys):
            raise wrong(
                _("“%(keys)s” is not two keys.") % {"keys": keys}, "Write two small letters or digits, such as gi."
            )
        return keys


class StepRow(Row):
    """What an officer does on the way to an outcome: steps.yaml."""

    code: Code = Field(max_length=60)
    name: Text
    about: StaffText | None = None
    service: Code | None = None
    kind: Kind | None = None
    order: int = Field(default=0, ge=0, le=10_000)
    is_first: bool = False
    asks: list[Asked] = []
    followed_by: list[Code] = []
    leads_to: Code | None = None
    amount: int | None = Field(default=None, ge=1, le=10_000)
    unit: TimeUnit | None = None
    tells: Text | None = None
    is_active: bool = True

    @model_validator(mode="after")
    def one_scope(self) -> "StepRow":
        """For a service or for a kind of case."""
        if bool(self.service) == bool(self.kind):
            raise wrong(_("A step is for a service or for a kind of case."), "Write one of the two: service or kind.")
        return self

    @model_validator(mode="after")
    def whole_time(self) -> "StepRow":
        """A time has an amount and a unit."""
        if bool(self.amount) != bool(self.unit):
            raise wrong(
                _("A time needs both amount and unit."), "Write both, such as amount: 5 and unit: business_days."
            )
        return self

    @model_validator(mode="after")
    def asked_once(self) -> "StepRow":
        """Each thing is asked once, and the words speak of a date only where one is asked."""
        asks = [one.ask for one in self.asks]
        for ask in {ask for ask in asks if asks.count(ask) > 1}:
            raise wrong(_("“%(ask)s” is asked twice.") % {"ask": ask}, "Ask it once.")
        if self.tells and "{date}" in self.tells.en + self.tells.fr and "on" not in asks:
            raise wrong(_("The words have {date}, but no date is asked."), "Ask “on”, or leave {date} out.")
        return self
