"""The page of the jobs that were given up, and the decisions on it."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from townline.core.access import fetch, may, visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.jobs.models import Job

SHOWN = 50
AT_ONCE = 200
LATE = timedelta(minutes=5)


@require_safe
def dead(request: HttpRequest) -> HttpResponse:
    """What failed and waits for a decision; and whether the queue moves at all."""
    rows = list(_theirs(request)[: SHOWN + 1])
    age = Job.objects.oldest_age(timezone.now())
    minutes = int(age.total_seconds() // 60) if age > LATE else 0
    return render(request, "jobs/dead.html", {"jobs": rows[:SHOWN], "more": len(rows) > SHOWN, "minutes_late": minutes})


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue one job again."""
    fetch(request.user, Job, "retry", pk=pk).retry(by=request.user)
    messages.success(request, _("The job is in the queue again."))
    return redirect("jobs:dead")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that one job is not to be done."""
    fetch(request.user, Job, "discard", pk=pk).discard(by=request.user)
    messages.success(request, _("The job was discarded. It will not be done."))
    return redirect("jobs:dead")


@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """Queue again whatever failed, some hundreds at a time."""
    again = 0
    for job in _theirs(request)[:AT_ONCE]:
        try:
            job.retry(by=request.user)
        except NotPossible:
            continue  # Somebody else decided on it a moment ago.
        again += 1
    said = ngettext("%(count)s job is in the queue again.", "%(count)s jobs are in the queue again.", again)
    messages.success(request, said % {"count": again})
    return redirect("jobs:dead")


def _theirs(request: HttpRequest) -> QuerySet[Job]:
    """The failed jobs, for whoever may decide on them; an empty list would be a false comfort to the others."""
    if not may(request.user, "retry", Job()):
        raise NotAllowed(_("You do not have permission to see background work."))
    return visible(request.user, Job.objects.dead())
