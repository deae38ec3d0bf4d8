"""The mails a case writes: in the language of the message, with the promise and a way back in.

A preview is made by what writes the mail itself, so it cannot differ from it.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.accounts.models import Municipality
from townline.cases.along import said_along
from townline.cases.models import Case, Clock, Message, Outcome, Weather
from townline.cases.tracking import link_token
from townline.channels import mail
from townline.channels.models import Mail
from townline.customers.models import ContactPoint


class Preview(NamedTuple):
    """What the customer gets, before it is sent."""

    is_mail: bool
    sender: str
    to: str
    subject: str
    language: str
    body: str


def works(point: ContactPoint | None) -> bool:
    """Is this an e-mail address that works?"""
    return point is not None and point.kind == ContactPoint.Kind.EMAIL and point.status == ContactPoint.Status.ACTIVE


def can_mail(case: Case) -> bool:
    """Is there an e-mail address that works?"""
    return works(address_of(case))


def recipient(case: Case, message: Message) -> ContactPoint | None:
    """Where a message goes by e-mail: where it says, else to the address of the case; None when neither works."""
    point = message.to.current if message.to else address_of(case)
    return point if works(point) else None


def address_of(case: Case) -> ContactPoint | None:
    """Where the customer is answered: what was given at intake, or what that was corrected to."""
    return case.contact_point.current if case.contact_point else None


def acknowledge_by_mail(case: Case, *, by: Any) -> Mail:
    """Confirm that we have it: the reference, the promise, the link that follows it."""
    point = address_of(case)
    assert point is not None
    with override(case.language):
        subject = _("We have your request %(reference)s") % {"reference": case.reference}
        body = _render("acknowledgement", case, along=said_along(case))
    return _write(
        case,
        point,
        purpose="acknowledgement",
        key=f"received.{case.reference}",
        language=case.language,
        subject=subject,
        body=body,
        by=by,
    )


def send_message(case: Case, message: Message, *, by: Any, outcome: str = "") -> Mail:
    """Bring a message to the customer; the one that closed the case says with which outcome."""
    point = recipient(case, message)
    assert point is not None
    written = _written(case, message, outcome)
    return _write(case, point, purpose="message", key=f"m{message.pk}.{case.reference}", by=by, **written)


def preview(case: Case, *, text: str, language: str, to: ContactPoint | None, outcome: str = "", by: Any) -> Preview:
    """What would be sent, to the letter, were it sent now."""
    message = Message(case=case, by=by, text=text, language=language, to=to, at=timezone.now())
    written = _written(case, message, outcome)
    point = recipient(case, message)
    if point is None:
        return Preview(is_mail=False, sender="", to="", **written)
    email = mail.as_email(mail.unwritten(point, purpose="message", key="preview", **written))
    return Preview(True, email.from_email, email.to[0], str(email.subject), language, str(email.body))


def tracking_link(case: Case) -> str:
    """The address under which the customer follows the case without a password, in the language of the moment."""
    return settings.BASE_URL + reverse("portal:track_link", args=[link_token(case)])


def _written(case: Case, message: Message, outcome: str) -> dict[str, str]:
    """The subject and the text of a message, in its language."""
    with override(message.language):
        subject = (
            _("Your request %(reference)s is finished") if outcome else _("About your request %(reference)s")
        ) % {"reference": case.reference}
        said = Outcome(outcome).label if outcome else ""
        body = _render("closed" if outcome else "message", case, message=message, outcome=said)
    return {"language": message.language, "subject": subject, "body": body}


def promised(case: Case) -> tuple[list[Clock], Weather | None]:
    """What was promised and runs, soonest first, and the weather event that holds the rest, if one does."""
    running = list(case.clocks.running().select_related("weather"))
    held = next((clock.weather for clock in running if clock.weather and not clock.weather.is_over), None)
    return sorted((c for c in running if c.due_at), key=lambda c: c.due_at or c.started_at), held


def _render(name: str, case: Case, **more: Any) -> str:
    clocks, held = promised(case)
    context = {
        "case": case,
        "municipality": Municipality.objects.first(),
        "clocks": clocks,
        "held": held,
        "link": tracking_link(case),
        **more,
    }
    return render_to_string(f"cases/mail/{name}.txt", context).strip() + "\n"


def _write(case: Case, point: ContactPoint, *, by: Any, **written: Any) -> Mail:
    return mail.write(point, case_id=case.pk, is_confidential=case.is_confidential, by=by, **written)
