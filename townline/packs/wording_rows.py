"""The rows of a pack about words: templates, and the macros that use them."""

from datetime import date

from django.utils.translation import gettext as _
from pydantic import Field, field_validator, model_validator

from townline.catalogue.models import Kind, Priority, Reason
from townline.catalogue.outcomes import Outcome
from townline.packs.problems import did_you_mean
from townline.packs.schema import Row
from townline.packs.shapes import Code, StaffText, wrong
from townline.wording.models import Template
from townline.wording.placeholders import PLACEHOLDERS, in_braces, unknown

LONGEST = 4000
"""Characters of a template: as many as a message may have."""


class TemplateRow(Row):
    """Words that are ready to be used on a case: templates.yaml."""

    code: Code = Field(max_length=60)
    version: int = Field(default=1, ge=1, le=10_000)
    use: Template.Use
    name: StaffText
    text: StaffText
    department: Code | None = None
    service: Code | None = None
    kind: Kind | None = None
    outcome: Outcome | None = None
    review_on: date | None = None
    is_active: bool = True

    @field_validator("text")
    @classmethod
    def known_placeholders(cls, text: StaffText) -> StaffText:
        """Only words in braces for which a case has a value, in either language."""
        for words in (text.en, text.fr):
            if names := unknown(words):
                what = _("There is no placeholder %(names)s.") % {"names": in_braces(names)}
                raise wrong(what, did_you_mean(names[0], PLACEHOLDERS))
            if len(words) > LONGEST:
                what = _("The text has %(count)s characters; %(most)s are the most.")
                raise wrong(what % {"count": len(words), "most": LONGEST}, f"Write {LONGEST} characters at most.")
        return text


class MacroRow(Row):
    """Several steps on a case that are usually done together: macros.yaml."""

    code: Code = Field(max_length=60)
    name: StaffText
    about: StaffText | None = None
    department: Code | None = None
    service: Code | None = None
    kind: Kind | None = None
    takes: bool = False
    priority: Priority | None = None
    note: Code | None = Field(default=None, max_length=60)
    message: Code | None = Field(default=None, max_length=60)
    position: Code | None = None
    wait_reason: Reason | None = None
    wait_days: int | None = Field(default=None, ge=1, le=365)
    outcome: Outcome | None = None
    closing: Code | None = Field(default=None, max_length=60)
    is_active: bool = True

    @model_validator(mode="after")
    def what_belongs_together(self) -> "MacroRow":
        """A hold has a reason and days, an end an outcome and words, and a macro does something."""
        if (self.wait_reason is None) != (self.wait_days is None):
            raise wrong(_("A hold has a reason and a number of days."), "Write both wait_reason and wait_days.")
        if (self.outcome is None) != (self.closing is None):
            raise wrong(_("An end has an outcome and the template of its words."), "Write both outcome and closing.")
        if self.outcome and self.wait_reason:
            raise wrong(_("A case that is closed cannot be on hold."), "Leave out wait_reason or outcome.")
        done = (self.priority, self.note, self.message, self.position, self.wait_reason, self.outcome)
        if not self.takes and not any(done):
            raise wrong(_("The macro does nothing."), "Write what it does, such as takes: true.")
        return self
