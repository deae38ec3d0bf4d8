"""What joins a notice by itself."""

from django.utils import timezone

from townline.accounts.models import User
from townline.cases.models import Case
from townline.notices.fitting import belongs, gather_for
from townline.notices.models import Notice
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to


@reacts_to("case.received", "case.refiled")
def join_notice(event: Event) -> None:
    """A new case within the area and the services of a notice belongs to it."""
    case = Case.objects.select_related("service").get(pk=event.subject_id)
    if case.is_closed:
        return
    now = timezone.now()
    for notice in Notice.objects.shown(now):
        if notice.is_running(now) and belongs(case, notice):
            notice.gather(by=User.objects.system(), case=case)


@reacts_to("notice.published")
def gather_what_came_before(event: Event) -> None:
    """What was reported just before belongs to it too."""
    gather_for(Notice.objects.get(pk=event.subject_id), by=User.objects.system())
