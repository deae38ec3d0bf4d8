"""How a page reaches somebody: an e-mail with a link that works for a day and needs no password."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from townline.accounts.models import Municipality
from townline.afterhours.models import Page
from townline.channels.mail import own_host, sender
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to

SALT = "townline.afterhours.page"
VALID_FOR = 24 * 3600


def token_of(page: Page) -> str:
    """What the link of this page carries."""
    return signing.dumps(page.pk, salt=SALT)


def page_of_token(token: str) -> Page | None:
    """The page a link is for; None for one that is not ours or older than a day."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    rows = Page.objects.select_related("user", "call__case__service", "call__case__customer", "call__acknowledged_by")
    return rows.filter(pk=pk, user__is_active=True).first() if isinstance(pk, int) else None


@reacts_to("call.paged", "call.climbed")
def bring_page(event: Event) -> None:
    """Send it in a job of its own."""
    send_page.enqueue(page_id=event.details["page"])


@task(max_attempts=10)
def send_page(page_id: int) -> None:
    """The e-mail of one page, once; should the worker die after it was sent, the copy has the same Message-ID."""
    page = Page.objects.select_related("user", "call__case__service", "call__rota").get(pk=page_id)
    if page.sent_at or page.call.acknowledged_at or not page.user.email:
        return
    _mail(page).send()
    Page.objects.filter(pk=page.pk).update(sent_at=timezone.now())


def _mail(page: Page) -> EmailMessage:
    case: Any = page.call.case
    with override(page.user.language):
        words = {
            "page": page,
            "case": case,
            "minutes": page.call.rota.climb_minutes if page.call.rota else 0,
            "municipality": Municipality.objects.first(),
            "link": settings.BASE_URL + reverse("on_call_link", args=[token_of(page)]),
        }
        return EmailMessage(
            subject=_("URGENT: %(service)s, %(reference)s")
            % {"service": case.service.name, "reference": case.reference},
            body=render_to_string("afterhours/mail/page.txt", words).strip() + "\n",
            from_email=sender(),
            to=[page.user.email or ""],
            headers={
                "Message-ID": f"<page.{page.pk}@{own_host()}>",
                "Auto-Submitted": "auto-generated",
                "Importance": "high",
                "Content-Language": page.user.language,
            },
        )
