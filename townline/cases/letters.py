"""The mails a case writes: in the customer's language, with the promise and a way back in."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.accounts.models import Municipality
from townline.cases.models import Case, Clock, Message, Outcome, Weather
from townline.cases.tracking import link_token
from townline.channels import mail
from townline.channels.models import Mail
from townline.customers.models import ContactPoint


def can_mail(case: Case) -> bool:
    """Is there an e-mail address that works?"""
    point = address_of(case)
    return point is not None and point.kind == ContactPoint.Kind.EMAIL and point.status == ContactPoint.Status.ACTIVE


def address_of(case: Case) -> ContactPoint | None:
    """Where the customer is answered: what was given at intake, or what that was corrected to."""
    return case.contact_point.current if case.contact_point else None


def acknowledge_by_mail(case: Case, *, by: Any) -> Mail:
    """Confirm that we have it: the reference, the promise, the link that follows it."""
    with override(case.language):
        subject = _("We have your request %(reference)s") % {"reference": case.reference}
        body = _render("acknowledgement", case)
    return _write(case, "acknowledgement", f"received.{case.reference}", subject, body, by)


def send_message(case: Case, message: Message, *, by: Any, outcome: str = "") -> Mail:
    """Bring a message to the customer; the one that closed the case says with which outcome."""
    with override(message.language):
        subject = (
            _("Your request %(reference)s is finished") if outcome else _("About your request %(reference)s")
        ) % {"reference": case.reference}
        body = _render(
            "closed" if outcome else "message",
            case,
            message=message,
            outcome=Outcome(outcome).label if outcome else "",
        )
    return _write(case, "message", f"m{message.pk}.{case.reference}", subject, body, by)


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
        "link": settings.BASE_URL + reverse("portal:track_link", args=[link_token(case)]),
        **more,
    }
    return render_to_string(f"cases/mail/{name}.txt", context).strip() + "\n"


def _write(case: Case, purpose: str, key: str, subject: str, body: str, by: Any) -> Mail:
    point = address_of(case)
    assert point is not None
    return mail.write(
        point,
        purpose=purpose,
        key=key,
        language=case.language,
        subject=subject,
        body=body,
        case_id=case.pk,
        is_confidential=case.is_confidential,
        by=by,
    )
