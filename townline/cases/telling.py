"""What followers are told: each by themselves, in their own language, and nothing of one another."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import override
from django_tasks import task

from townline.accounts.models import Municipality, User
from townline.cases.letters import address_of
from townline.cases.models import Case, Follower, Message, Outcome
from townline.cases.near import place_for_others
from townline.cases.tracking import follower_token
from townline.channels import mail
from townline.channels.models import Mail
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to

SUBJECTS: dict[str, Any] = {
    "case.followed": _l("You follow the request %(reference)s"),
    "case.messaged": _l("News about the request %(reference)s"),
    "case.closed": _l("The request %(reference)s is finished"),
    "case.reopened": _l("The request %(reference)s is open again"),
    "case.disputed": _l("The request %(reference)s is open again"),
}
LETTERS = {
    "case.followed": "followed", "case.messaged": "news", "case.closed": "ended", "case.reopened": "open_again",
    "case.disputed": "open_again",
}  # fmt: skip


@reacts_to("case.followed")
def welcome_follower(event: Event) -> None:
    """Confirm to a new follower that we have what they told us, with a link of their own."""
    follower = Follower.objects.live().with_addresses().filter(pk=event.details["follower"]).first()
    if follower and follower.address:
        tell_follower.enqueue(follower_id=follower.pk, event_id=event.pk)


@reacts_to("case.messaged", "case.closed", "case.reopened", "case.disputed")
def tell_followers(event: Event) -> None:
    """Queue one letter for each follower: of messages that are meant for all, of the end, and of a new beginning."""
    if event.name == "case.messaged" and not _is_for_followers(event):
        return
    if event.name == "case.disputed" and event.details["policy"] != Municipality.NotSolved.REOPEN:
        return
    for follower in followers_of(Case.objects.select_related("contact_point__replaced_by").get(pk=event.subject_id)):
        tell_follower.enqueue(follower_id=follower.pk, event_id=event.pk)


def followers_of(case: Case) -> list[Follower]:
    """Whom to tell of a case, and of what was merged into it: each address once, and not the customer's own."""
    cases = [case.pk, *Case.objects.filter(survivor=case).values_list("pk", flat=True)]
    rows = Follower.objects.live().with_addresses().filter(case__in=cases).order_by("id")
    own = address_of(case)
    told = {own.key} if own else set()
    found = []
    for follower in rows:
        address = follower.address
        if address and address.key not in told:
            told.add(address.key)
            found.append(follower)
    return found


def _is_for_followers(event: Event) -> bool:
    return Message.objects.filter(pk=event.details["message"], is_for_followers=True).exists()


@task()
def tell_follower(follower_id: int, event_id: int) -> None:
    """Write to one follower about one event, once."""
    rows = Follower.objects.live().with_addresses().filter(case__is_confidential=False)
    follower = rows.filter(pk=follower_id).first()
    if follower is None or follower.address is None:
        return
    event = Event.objects.get(pk=event_id)
    case = Case.objects.select_related("service").get(pk=event.subject_id)
    write_to_follower(follower, case, event)


def write_to_follower(follower: Follower, case: Case, event: Event) -> Mail:
    """The letter about this event, to this follower alone."""
    message = Message.objects.filter(pk=event.details.get("message"), is_for_followers=True).first()
    outcome = event.details.get("outcome", "") if event.name == "case.closed" else ""
    with override(follower.language):
        context = {
            "case": case,
            "place": place_for_others(case),
            "message": message if event.name in ("case.messaged", "case.closed") else None,
            "is_other_language": message is not None and message.language != follower.language,
            "outcome": Outcome(outcome).label if outcome else "",
            "municipality": Municipality.objects.first(),
            "link": settings.BASE_URL + reverse("portal:follow_link", args=[follower_token(follower)]),
        }
        subject = str(SUBJECTS[event.name]) % {"reference": case.reference}
        body = render_to_string(f"cases/mail/follower_{LETTERS[event.name]}.txt", context).strip() + "\n"
    assert follower.address is not None
    return mail.write(
        follower.address,
        purpose="follower",
        key=f"f{follower.pk}.e{event.pk}",
        language=follower.language,
        subject=subject,
        body=body,
        case_id=case.pk,
        by=User.objects.system(),
    )


def take_leave(case: Case) -> None:
    """Tell its followers that they cannot follow it here any more and whom to ask; never why.

    Called by the verb that seals it. The link in the mails they had leads from then on where a wrong one does.
    """
    for follower in followers_of(case):
        assert follower.address is not None
        with override(follower.language):
            context = {"case": case, "municipality": Municipality.objects.first()}
            mail.write(
                follower.address,
                purpose="follower",
                key=f"f{follower.pk}.leave",
                language=follower.language,
                subject=_("You cannot follow the request %(reference)s here any more") % {"reference": case.reference},
                body=render_to_string("cases/mail/follower_leave.txt", context).strip() + "\n",
                by=User.objects.system(),
                case_id=case.pk,
                is_confidential=True,
            )
