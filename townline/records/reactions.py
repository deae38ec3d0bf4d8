"""An access request that came in gets its legal clock."""

from django.utils import timezone

from townline.cases.models import Case
from townline.catalogue.models import Kind
from townline.records.models import AccessRequest, AccessRule
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to

OWN = "own"


@reacts_to("case.received")
def begin_access_request(event: Event) -> None:
    """Once; where no rule holds for that day yet, the coordinator begins it by hand."""
    case = Case.objects.filter(pk=event.subject_id, kind=Kind.ACCESS_REQUEST).first()
    if case is None or AccessRule.objects.on(timezone.localdate(case.received_at)) is None:
        return
    about = AccessRequest.About.OWN if OWN in case.answers.values() else AccessRequest.About.GENERAL
    AccessRequest.begin(case, by=event.by, about=about)
