"""Telling people of a complaint by e-mail: that there is news, and never what it is.

The complainant's address is opened from the safe by the worker, used, and kept
nowhere else. Nothing in subject or text says that it is about a complaint:
others may read over a shoulder.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from townline.accounts.models import Municipality, User
from townline.channels.mail import own_host
from townline.complaints.keeper import DELIVER
from townline.complaints.models import Complaint
from townline.timeline.models import Event
from townline.vault import door

MOST_ATTEMPTS = 20


@task(max_attempts=MOST_ATTEMPTS)
def tell_complainant(complaint_id: int, event_id: int) -> None:
    """Say that there is news, once; a mail server that is away is asked again by the queue."""
    complaint = Complaint.objects.select_related("case", "safe").get(pk=complaint_id)
    told = Event.objects.filter(case_id=complaint.case_id, name="complaint.told", details__event=event_id)
    if not complaint.has_email or told.exists():
        return
    townline = User.objects.system()
    address = door.latest(door.reveal(complaint.safe, by=townline, purpose=DELIVER, fields=["email"])).get("email", "")
    with override(complaint.case.language):
        subject = _("There is news about %(reference)s") % {"reference": complaint.case.reference}
        body = _("There is news about your matter %(reference)s. You can read it here, with your reference:") % {
            "reference": complaint.case.reference
        }
    link = settings.BASE_URL + reverse("portal:track")
    _send([address], f"{subject}", f"{body}\n\n{link}\n", f"n{event_id}.{complaint.case.reference}")
    complaint.record("told", by=townline, event=event_id)


@task(max_attempts=MOST_ATTEMPTS)
def bring_letter(complaint_id: int, event_id: int) -> None:
    """Send a letter itself, as an attachment, to whoever agreed to that; once."""
    complaint = Complaint.objects.select_related("case", "safe").get(pk=complaint_id)
    told = Event.objects.filter(case_id=complaint.case_id, name="complaint.told", details__event=event_id)
    letter = complaint.letters.get(pk=Event.objects.get(pk=event_id).details["letter"])
    if not complaint.has_email or told.exists():
        return
    townline, reference = User.objects.system(), complaint.case.reference
    address = door.latest(door.reveal(complaint.safe, by=townline, purpose=DELIVER, fields=["email"])).get("email", "")
    pdf = door.reveal_files(complaint.safe, by=townline, purpose=DELIVER, names=[letter.name])[0].content
    with override(complaint.case.language):
        subject = _("Our letter about %(reference)s") % {"reference": reference}
        body = _("Our letter about your matter %(reference)s is attached. You asked us to send it by e-mail.") % {
            "reference": reference
        }
    key = f"l{event_id}.{reference}"
    _send([address], subject, f"{body}\n", key, [(f"{reference}.pdf", pdf, "application/pdf")])
    complaint.record("told", by=townline, event=event_id)


@task(max_attempts=MOST_ATTEMPTS)
def tell_staff(user_ids: list[int], reference: str, what: str, key: str) -> None:
    """Tell staff at their own addresses; reference and what happened, no names."""
    for user in User.objects.filter(pk__in=user_ids, is_active=True, email__isnull=False):
        with override(user.language):
            said = _sentence(what, reference)
        link = settings.BASE_URL + reverse("complaints:list")
        _send([str(user.email)], said, f"{said}\n\n{link}\n", f"s{user.pk}.{key}")


def _sentence(what: str, reference: str) -> str:
    sentences = {
        "yours": _("%(reference)s is yours to look after"),
        "emergency": _("%(reference)s was opened in an emergency"),
        "offered": _("%(reference)s: a promise ran out; you may take it over"),
    }
    return sentences[what] % {"reference": reference}


def _send(to: Iterable[str], subject: str, body: str, key: str, files: Iterable[Any] = ()) -> None:
    municipality = Municipality.objects.first()
    sender: Any = settings.MAIL_FROM or (municipality and municipality.email) or f"townline@{own_host()}"
    headers = {
        "Message-ID": f"<{key}@{own_host()}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    EmailMessage(
        subject=subject, body=body, from_email=sender, to=list(to), headers=headers, attachments=list(files)
    ).send()  # fmt: skip
