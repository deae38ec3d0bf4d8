"""A call that is owed, for the tests."""

from typing import Any

from townline.callbacks.asking import Wanted, ask
from townline.callbacks.models import Callback
from townline.cases.drafting import Drafter
from townline.cases.intake import Contact, Heard
from townline.vault.door import make_safe

NUMBER = "905-555-0177"


def owed(town: Any, case: Any = None, *, token: str = "c" * 22, wanted: Wanted | None = None, **more: Any) -> Callback:
    """Mrs. Rivera called about a pothole and wants to be called back by Roads."""
    heard = Heard(**{"channel": "phone", "summary": "When is it mended?", "service": town.pothole, **more})
    draft = Drafter("", town.rita).resume(token, "phone")
    contact = Contact(name="Elena Rivera", phone=NUMBER)
    return ask(draft, heard, by=town.rita, contact=contact, case=case, wanted=wanted)


def about_a_case(town: Any) -> Callback:
    """Owed about a case of Ada's."""
    return owed(town, town.case("Lamp", assignee=town.ada))


DOINGS = {
    "Callback.attempt": (owed, "ada", lambda one, town: one.attempt(by=town.ada, result="no_answer")),
    "Callback.give_up": (owed, "ada", lambda one, town: one.give_up(by=town.ada, reason="nobody")),
    "Callback.withdraw": (owed, "ada", lambda one, town: one.withdraw(by=town.ada)),
    "Callback.move": (owed, "ada", lambda one, town: one.move(by=town.ada, department=town.bylaw)),
    "Callback.remind": (owed, "ada", lambda one, town: one.remind(by=town.ada)),
    "Callback.seal": (
        about_a_case, "ada", lambda one, town: one.seal(by=town.ada, into=make_safe("complaint", case_id=one.case_id))
    ),
}  # fmt: skip
