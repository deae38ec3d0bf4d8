"""What was added to a case, each verb done once."""

from typing import Any

from townline.cases.letters import send_message
from townline.channels.models import Mail


def with_a_message(town: Any, state: str = "") -> Any:
    """Ada's case with a message; with a mail that brought it, when a state is given."""
    case = town.case("Lamp", assignee=town.ada)
    message = case.message(by=town.ada, text="The crew comes on Thursday.")
    if state:
        message.mail = send_message(case, message, by=town.ada)
        message.save()
        Mail.objects.filter(pk=message.mail.pk).update(state=state, last_error="550 no such mailbox")
    return case


DOINGS = {
    "Case.resend": (
        lambda town: with_a_message(town, "failed"),
        "ben",
        lambda case, town: case.resend(by=town.ben, message=case.messages.get().pk),
    ),
    "Case.tell": (
        with_a_message, "ben", lambda case, town: case.tell(by=town.ben, message=case.messages.get().pk, way="letter")
    ),
    "Mail.redirect": (
        lambda town: with_a_message(town, "failed").messages.get().mail,
        "rita",
        lambda mail, town: mail.redirect(by=town.rita, to=town.rivera_email),
    ),
    "Mail.bounce": (
        lambda town: with_a_message(town, "sent").messages.get().mail,
        "rita",
        lambda mail, town: mail.bounce(by=town.rita, why="unknown"),
    ),
}  # fmt: skip
