"""What follows when a case goes to another department: the calls that are owed about it go along."""

from townline.callbacks.models import Callback
from townline.cases.models import Case
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to


@reacts_to("case.handed_over", "case.sent_on", "case.refiled")
def go_along(event: Event) -> None:
    """The department that has the case now owes its calls."""
    case = Case.objects.select_related("department").get(pk=event.subject_id)
    for callback in Callback.objects.owed().filter(case=case).exclude(department=case.department_id).order_by("pk"):
        callback.move(by=event.by, department=case.department)
