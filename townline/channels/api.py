"""Endpoints of outgoing mail: `POST /api/v1/mail/<id>/resend`."""

from datetime import datetime

from ninja import Router, Schema

from townline.accounts.keys import KeyedRequest
from townline.channels.models import Mail
from townline.core.access import fetch

router = Router(tags=["Mail"])


class MailOut(Schema):
    """How a mail stands; neither its text nor its address."""

    id: int
    state: Mail.State
    attempts: int
    last_error: str
    written_at: datetime
    sent_at: datetime | None


@router.post("/{pk}/resend", response=MailOut)
def resend(request: KeyedRequest, pk: int) -> Mail:
    """Try again to send a mail that failed for good."""
    mail = fetch(request.auth, Mail, "resend", pk=pk)
    mail.resend(by=request.auth)
    return mail
