"""Who is asked, when, and how often: once for a case, and nobody more often than the municipality says."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from townline.accounts.models import Municipality, User
from townline.cases.letters import address_of, can_mail
from townline.cases.models import Case
from townline.catalogue.models import Kind
from townline.channels import mail
from townline.doorstep.pace import digest
from townline.surveys.models import OptOut, Survey

SALT = "townline.survey"
DAYS = 90


def link_of(survey: Survey, page: str = "survey") -> str:
    """The address of the questionnaire, or of the page on which to say “no more”."""
    token = signing.dumps(survey.pk, salt=SALT)
    return settings.BASE_URL + reverse(f"portal:{page}", args=[token])


def behind(token: str) -> Survey | None:
    """The questionnaire of a link; None for one that is not ours or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    return Survey.objects.select_related("case__service").filter(pk=pk, case__is_confidential=False).first()


@task()
def ask_about(case_id: int) -> None:
    """Send the questionnaire about this case, unless there is a reason not to."""
    case = Case.objects.select_related("contact_point__replaced_by", "service").get(pk=case_id)
    municipality = Municipality.objects.first()
    if municipality is None or not municipality.survey_weeks or _why_not(case, municipality):
        return
    send(case, municipality)


def send(case: Case, municipality: Municipality) -> Survey:
    """Ask the customer of this case now; once for a case."""
    point = address_of(case)
    assert point is not None
    with transaction.atomic():
        survey, is_new = Survey.objects.get_or_create(case=case, defaults={"addressee": digest("survey", point.key)})
        if not is_new:
            return survey
        townline = User.objects.system()
        with override(case.language):
            context = {
                "case": case,
                "municipality": municipality,
                "link": link_of(survey),
                "no_more": link_of(survey, "no_more_surveys"),
            }
            body = render_to_string("surveys/mail.txt", context).strip() + "\n"
            subject = _("Was it solved? %(reference)s") % {"reference": case.reference}
        mail.write(
            point, purpose="survey", key=f"survey.{case.reference}", language=case.language, subject=subject, body=body,
            case_id=case.pk, by=townline,
        )  # fmt: skip
        survey.record("sent", by=townline)
        return survey


def _why_not(case: Case, municipality: Any) -> bool:
    """Not while it is open or was closed again since, not what is confidential, and not the same person too often."""
    now = timezone.now()
    is_over = case.closed_at and case.closed_at <= now - timedelta(weeks=municipality.survey_weeks, hours=-1)
    is_ours_to_ask = not case.is_confidential and case.kind != Kind.FORMAL_COMPLAINT and not case.survivor_id
    if not is_over or not is_ours_to_ask or case.parent_id or not can_mail(case):
        return True
    point = address_of(case)
    theirs = digest("survey", point.key if point else "")
    lately = Survey.objects.filter(
        addressee=theirs, sent_at__gt=now - timedelta(days=municipality.survey_gap_days)
    ).exclude(case=case)
    return lately.exists() or OptOut.objects.filter(addressee=theirs).exists()
