"""What comes round by itself: a call that is overdue is said to those who supervise, once, while they are there."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from townline.accounts.models import User
from townline.callbacks.models import Callback
from townline.cases.models import Notification
from townline.cases.notifying import notify
from townline.cases.warning import Line
from townline.jobs.schedule import periodic

BATCH = 200


@periodic(every=timedelta(minutes=1))
@task()
def remind_of_callbacks() -> None:
    """Tell of every call whose time is over: on its case where it is about one, and in the strip of the desk."""
    now = timezone.now()
    found = list(Callback.objects.late(now).filter(reminded_at__isnull=True).select_related("case")[:BATCH])
    line = Line() if found else None
    for callback in found:
        _remind(callback, line)


@transaction.atomic
def _remind(callback: Callback, line: Line | None) -> None:
    callback.remind(by=User.objects.system())
    if callback.case and line:
        told = User.objects.filter(pk__in=line.supervisors[callback.department_id])
        notify(told, callback.case, Notification.Kind.CALLBACK_DUE, key=f"callback:{callback.pk}")
