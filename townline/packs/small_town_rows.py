"""The rows of a pack about a small municipality's day: members of Council, and later who is on call."""

from pydantic import Field, model_validator

from townline.packs.schema import Row
from townline.packs.shapes import Code, Email, Phone, Shape, Text, wrong


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
            raise wrong(f"Two assistants have the code “{code}”.", "Give one a code of its own.")
        return self
