"""Telling staff something at their desk, once, and by e-mail those who want it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from townline.accounts.models import Municipality, User
from townline.cases.models import Case, Notification
from townline.channels.mail import own_host, sender
from townline.core.access import visible

LISTED = 20
"""So many notifications are listed in one e-mail; the page has all of them."""


def notify(users: Iterable[User], case: Case, kind: str, *, key: str, by: Any = None) -> None:
    """Tell each of these people about this case; who was told the same thing before is not told again.

    `key` names the thing itself, such as `note:17` or `event:42`; `by` is the
    colleague it comes from, and nobody is told what they did themselves. What
    somebody may not see (any more) does not appear on their page.
    """
    told = [
        Notification(user=user, case=case, kind=kind, key=key, by=by)
        for user in users
        if user.is_employee and user.is_active and user != by
    ]
    Notification.objects.bulk_create(told, ignore_conflicts=True)


def mail_to(user: User) -> int:
    """One e-mail about all that this person has not looked at and was not mailed yet; how many it was.

    It says which case, which service and what is asked, and nothing about a
    person. Should the worker die between the sending and the mark, the second
    copy carries the same Message-ID.
    """
    rows = visible(user, Notification.objects.to_mail().filter(user=user)).newest()
    found = list(rows.select_related("case__service"))
    if not found:
        return 0
    with override(user.language):
        EmailMessage(
            subject=_subject(found),
            body=render_to_string("cases/mail/notifications.txt", _words(found)).strip() + "\n",
            from_email=sender(),
            to=[user.email or ""],
            headers={
                "Message-ID": f"<told.{user.pk}.{found[0].pk}@{own_host()}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": user.language,
            },
        ).send()
    Notification.objects.filter(pk__in=[one.pk for one in found]).update(mailed_at=timezone.now())
    return len(found)


def _subject(found: list[Notification]) -> str:
    if len(found) == 1:
        return f"{found[0].case.reference}: {found[0].get_kind_display()}"
    return ngettext("%(count)s notification", "%(count)s notifications", len(found)) % {"count": len(found)}


def _words(found: list[Notification]) -> dict[str, Any]:
    return {
        "municipality": Municipality.objects.first(),
        "notifications": found[:LISTED],
        "more": max(0, len(found) - LISTED),
        "link": settings.BASE_URL + reverse("desk:notifications"),
    }
