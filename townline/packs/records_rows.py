"""The rows of a pack that say how long records are kept."""

from datetime import date

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from townline.catalogue.models import Kind
from townline.packs.schema import Row
from townline.packs.shapes import Code, Text, wrong
from townline.records.models import AccessRule, RecordsClass


class RecordsClassRow(Row):
    """What is kept together, how long and on which authority: records_classes.yaml."""

    name: Text
    about: RecordsClass.About = RecordsClass.About.CASES
    services: list[Code] = []
    kind: Kind | None = None
    trigger: RecordsClass.Trigger = RecordsClass.Trigger.CLOSED
    amount: int = Field(default=1, ge=1, le=200)
    unit: RecordsClass.Unit = RecordsClass.Unit.YEARS
    action: RecordsClass.Action = RecordsClass.Action.DESTROY
    bylaw: str = ""
    order: int = Field(default=0, ge=0, le=10_000)

    @model_validator(mode="after")
    def one_scope(self) -> "RecordsClassRow":
        """For services, for a kind of case, or for everything that no other class is for."""
        if self.services and self.kind:
            raise wrong(_("A class is for services or for a kind, not for both."), "Leave out kind.")
        if self.about == RecordsClass.About.CONTACTS and (self.services or self.kind):
            raise wrong(_("A class of contacts is for all of them."), "Leave out services and kind.")
        return self


class AccessRuleRow(Row):
    """In how many days an access request is answered, from a day on: access_rules.yaml; without a day it is off."""

    name: Text
    from_on: date | None = None
    amount: int = Field(ge=1, le=365)
    unit: AccessRule.Unit
    authority: str
