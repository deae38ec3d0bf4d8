"""What follows when a report waits on the doorstep."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.accounts.models import Municipality
from townline.doorstep.confirming import link_of
from townline.doorstep.models import Held
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to

MOST = 2
"""So many of these mails a day go to one address: whoever floods us with somebody else's address floods nobody."""


@reacts_to("held.held")
def ask_to_confirm(event: Event) -> None:
    """Ask whoever gave an e-mail address to press a button, so that the report goes on at once."""
    held = Held.objects.select_related("draft__service").get(pk=event.subject_id)
    address = held.draft.contact.get("email", "")
    if held.state != Held.State.WAITING or not address or _has_had_enough(held):
        return
    with override(held.draft.language):
        municipality = Municipality.objects.first()
        context = {"held": held, "municipality": municipality, "link": link_of(held)}
        body = render_to_string("doorstep/mail/confirm.txt", context).strip() + "\n"
        subject = _("Please confirm your request %(reference)s") % {"reference": held.reference}
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address], headers=headers).send()


def _has_had_enough(held: Held) -> bool:
    """Did others that wait, or waited today, ask the same address before?"""
    since = held.received_at - timedelta(days=1)
    before = Held.objects.filter(addressee=held.addressee, received_at__gte=since, pk__lt=held.pk)
    return before[:MOST].count() >= MOST
