"""Sending e-mail: written with the verb that wants it, delivered by the worker.

A mail is safe once its row is committed. Delivery is tried again with growing
delay while the mail server is away; a refusal for good, or too many tries,
makes it fail where staff see it. A worker that dies between the server's “yes”
and our mark sends it again with the same Message-ID, so mailboxes can fold the
copies.
"""

from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from townline.accounts.models import Municipality, User
from townline.channels.models import Mail
from townline.core.refusals import NotPossible
from townline.customers.models import ContactPoint
from townline.timeline.reactions import reacts_to

MOST_ATTEMPTS = 10
"""Refusals that ask for patience before a mail has failed; the queue allows more, for workers that die."""


class NotDelivered(Exception):
    """The mail server is away or wants us to come back; the queue will."""


def own_host() -> str:
    """The host that our Message-IDs are made in."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def write(
    point: ContactPoint, *, purpose: str, key: str, language: str, subject: str, body: str, by: Any, **about: Any
) -> Mail:
    """A mail to this contact point, once per `key`: written a second time, it is the first one.

    `about` says which case it belongs to (`case_id`, `is_confidential`).
    """
    fresh = unwritten(point, purpose=purpose, key=key, language=language, subject=subject, body=body)
    written = {name: getattr(fresh, name) for name in ("contact_point", "purpose", "language", "subject", "body")}
    mail, is_new = Mail.objects.get_or_create(message_id=fresh.message_id, defaults={**written, **about})
    if is_new:
        mail.record("written", by=by, purpose=purpose)
    return mail


def unwritten(point: ContactPoint, *, purpose: str, key: str, language: str, subject: str, body: str) -> Mail:
    """A mail as it would be written, before it is."""
    return Mail(
        message_id=f"<{key}@{own_host()}>",
        contact_point=point,
        purpose=purpose,
        language=language,
        subject=" ".join(subject.split())[:200],
        body=body,
    )


@reacts_to("mail.written", "mail.resent")
def queue_delivery(event: Any) -> None:
    """Deliver in a job of its own, so that only delivery is tried again."""
    deliver.enqueue(mail_id=event.subject_id)


@task(max_attempts=2 * MOST_ATTEMPTS)
def deliver(mail_id: int) -> None:
    """Hand one mail to the mail server; done already or failed for good, it is left alone."""
    mail = Mail.objects.select_related("contact_point").get(pk=mail_id)
    if mail.state != Mail.State.WAITING:
        return
    townline = User.objects.system()
    try:
        as_email(mail).send()
    except (SMTPException, OSError) as error:
        if _is_final(error) or mail.attempts + 1 >= MOST_ATTEMPTS:
            with suppress(NotPossible):
                mail.fail(by=townline, why=_reason(error), is_refused=isinstance(error, SMTPRecipientsRefused))
            return
        with suppress(NotPossible):
            mail.defer(by=townline, why=_reason(error))
        raise NotDelivered(_reason(error)) from None
    # Refused when another worker took us for dead and has marked it already.
    with suppress(NotPossible):
        mail.arrive(by=townline)


def sender() -> str:
    """The address that our mail comes from."""
    municipality = Municipality.objects.first()
    return settings.MAIL_FROM or (municipality and municipality.email) or f"townline@{own_host()}"


def as_email(mail: Mail) -> EmailMessage:
    """The message that is handed to the mail server."""
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=sender(),
        to=[mail.contact_point.value if mail.contact_point else ""],
        headers={
            "Message-ID": mail.message_id,
            "Date": timezone.localtime(mail.written_at).strftime("%a, %d %b %Y %H:%M:%S %z"),
            "Content-Language": mail.language,
            "Auto-Submitted": "no" if mail.purpose == "message" else "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def _is_final(error: Exception) -> bool:
    """Will trying again never help? Refused recipients and senders with a code of 500 or more."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPSenderRefused | SMTPResponseException):
        return error.smtp_code >= 500
    return False


def _reason(error: Exception) -> str:
    """What staff read: the server's own words, without the address they were about."""
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return f"{code} {_text(words)}"[:300]
    if isinstance(error, SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"[:300]
    return f"{type(error).__name__}: {error}"[:300]


def _text(words: Any) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join("…" if "@" in word else word for word in text.split())
