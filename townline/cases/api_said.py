"""What another system says to a customer through the API: words, or a template."""

from typing import Self

from ninja import Schema
from pydantic import model_validator


class SaidIn(Schema):
    """What the customer is told: words, or the code of a template."""

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Words or a template: one of the two."""
        if not any(getattr(self, name, "").strip() for name in ("text", "words", "template")):
            raise ValueError("Give the words, or the code of a template.")
        return self
