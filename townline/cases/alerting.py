"""Which of what happens to a case its assignee is told at their desk, at once."""

from townline.accounts.models import User
from townline.cases.models import Case, Notification
from townline.cases.notifying import notify
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to

Kind = Notification.Kind
KINDS = {
    "case.added": Kind.HEARD,
    "case.contacted": Kind.HEARD,
    "case.disputed": Kind.NOT_SOLVED,
    "case.part_closed": Kind.PART_CLOSED,
    "case.followed_up": Kind.FOLLOWED_UP,
}


@reacts_to(*KINDS)
def tell_assignee(event: Event) -> None:
    """Whoever has the case hears of it, unless it was they who wrote it down; without an assignee, who supervises."""
    case = Case.objects.select_related("assignee").get(pk=event.subject_id)
    told = [case.assignee] if case.assignee else _supervisors(case) if event.name == "case.disputed" else []
    notify(told, case, KINDS[event.name], key=f"event:{event.pk}", by=event.by)


def _supervisors(case: Case) -> list[User]:
    staff = User.objects.filter(kind=User.Kind.STAFF, is_active=True, departments=case.department_id)
    return [user for user in staff if user.holds("case.supervise")]
