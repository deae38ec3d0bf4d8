"""Which questions of a service stay open after an inquiry: it is taken in with a few words and without the form."""

from django.utils import timezone

from townline.council.models import Inquiry
from townline.questions.resolve import resolve
from townline.questions.summary import summary
from townline.questions.terms import Context


def open_questions(inquiry: Inquiry) -> list[str]:
    """What the service would ask first and the case does not answer; nothing of a case that was known or has ended."""
    case = inquiry.case
    if inquiry.was_known or case.is_closed or case.form_version_id or case.service.questions is None:
        return []
    definition = case.service.questions.parsed
    resolved = resolve(definition, case.answers, Context(today=timezone.localdate(), by_staff=True))
    rows = [row for section in summary(definition, resolved, for_staff=True) for row in section.rows]
    return [row.label for row in rows if not row.is_answered]
