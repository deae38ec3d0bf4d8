"""What comes in the place of each placeholder of a template, out of one case."""

from django.utils import timezone
from django.utils.translation import override

from townline.accounts.models import Municipality
from townline.cases.letters import tracking_link
from townline.cases.models import NEVER, Case
from townline.ui.moments import day
from townline.wording.placeholders import PLACEHOLDERS


def values_of(case: Case, language: str) -> dict[str, str]:
    """The values in the language of the text; empty where the case has none."""
    with override(language):
        municipality = Municipality.objects.first()
        department, assignee = case.department, case.assignee
        values = {
            "reference": case.reference,
            "service": case.service.name,
            "subject": case.subject,
            "place": case.place_label,
            "received": day(timezone.localdate(case.received_at)),
            "due": day(timezone.localdate(case.due_at)) if case.due_at < NEVER else "",
            "assignee": assignee.name if assignee else "",
            "assignee_position": assignee.position.title if assignee and assignee.position else "",
            "department": department.name,
            "department_phone": department.phone,
            "department_email": department.email,
            "municipality": municipality.name if municipality else "",
            "municipality_phone": municipality.phone if municipality else "",
            "service_centre": municipality.service_name if municipality else "",
            "tracking_link": "" if case.is_confidential else tracking_link(case),
            "today": day(timezone.localdate()),
        }
        return {name: str(values[name]) for name in PLACEHOLDERS}
