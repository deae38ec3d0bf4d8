"""What follows when a member of Council was answered, or when their own case was."""

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.accounts.models import Municipality, User
from townline.channels import mail
from townline.council.models import Inquiry, Reply
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to


@reacts_to("inquiry.answered")
def send_reply(event: Event) -> None:
    """Bring the reply to the member by e-mail, where they have an address; once."""
    with transaction.atomic():
        reply = Reply.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.details["reply"])
        inquiry = Inquiry.objects.select_related("member", "case__service").get(pk=reply.inquiry_id)
        _customer, point = inquiry.member.seat(by=User.objects.system())
        if reply.mail_id or point is None or point.kind != "email" or inquiry.case.is_confidential:
            return
        language = inquiry.case.language
        with override(language):
            context = {"inquiry": inquiry, "reply": reply, "municipality": Municipality.objects.first()}
            subject = _("Your inquiry %(reference)s") % {"reference": inquiry.case.reference}
            body = render_to_string("council/mail/reply.txt", context).strip() + "\n"
        reply.mail = mail.write(
            point, purpose="council", key=f"council{reply.pk}", language=language, subject=subject, body=body,
            by=event.by, case_id=inquiry.case_id,
        )  # fmt: skip
        reply.save()


@reacts_to("case.messaged", "case.closed")
def hear_of_case(event: Event) -> None:
    """A message to the customer answers the member who is that; the end of a case answers whoever asked about it."""
    asked = Inquiry.objects.filter(case=event.subject_id, answered_at=None)
    if event.name == "case.messaged":
        asked = asked.filter(follower=None)
    for inquiry in asked.filter(received_at__lte=event.at):
        inquiry.hear(by=event.by)
