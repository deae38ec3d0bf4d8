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


def shared(town: Any, *, is_hidden: bool = False) -> Any:
    """Ada's case of a service of which others hear; hidden from them, when that is said."""
    case = town.case("Lamp", assignee=town.ada)
    type(case.service).objects.filter(pk=case.service_id).update(shares="place")
    type(case).objects.filter(pk=case.pk).update(is_public=True)
    case = type(case).objects.get(pk=case.pk)
    if is_hidden:
        case.hide(by=town.ada, reason="person", words="It names somebody.")
    return case


DOINGS = {
    "Case.hide": (shared, "ada", lambda case, town: case.hide(by=town.ada, reason="person", words="It names you.")),
    "Case.show_again": (
        lambda town: shared(town, is_hidden=True),
        "lea",
        lambda case, town: case.show_again(by=town.lea, reason="mended", words="It names nobody."),
    ),
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
