"""A copy of the tracking page by e-mail, to the address that is known; never to another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.accounts.models import Municipality, User
from townline.cases.letters import address_of, can_mail, tracking_link
from townline.cases.models import Case
from townline.channels import mail
from townline.portal.pace import WAIT, is_too_much
from townline.portal.story import story_of
from townline.portal.views.say import tracked


@require_POST
def copy(request: HttpRequest, reference: str) -> HttpResponse:
    """Send how it stands; asked again on the same day for the same, it is the same mail."""
    case = tracked(request, "track", reference)
    if case is None:
        return redirect("portal:track")
    if not can_mail(case):
        messages.warning(request, _("We know no e-mail address of this request that works. You can print this page."))
    elif is_too_much(request, "copy"):
        messages.warning(request, WAIT)
    else:
        _write(case)
        messages.success(request, _("A copy is on its way to the e-mail address of this request."))
    return redirect("portal:track_case", reference=reference)


def _write(case: Case) -> None:
    point: Any = address_of(case)
    language = (get_language() or "en")[:2]
    context = {
        "case": case,
        "municipality": Municipality.objects.first(),
        "link": tracking_link(case),
        **story_of(case),
    }
    body = render_to_string("portal/mail/copy.txt", context).strip() + "\n"
    newest = case.events.order_by("-id").values_list("pk", flat=True).first() or 0
    mail.write(
        point, purpose="copy", language=language,
        key=f"copy.{newest}.{timezone.localdate()}.{language}.{case.reference}",
        subject=_("Your request %(reference)s, a copy") % {"reference": case.reference}, body=body, case_id=case.pk,
        by=User.objects.system(),
    )  # fmt: skip
