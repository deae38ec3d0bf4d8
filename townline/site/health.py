"""Two answers for whoever watches this installation.

`/healthz`: this process lives. `/readyz`: it can do its work; 503 names what is
missing, without a word about anybody.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from townline.jobs.models import Job
from townline.site.preparing import pending_migrations

LEAST_FREE = 0.05
OLDEST_WAIT = timedelta(minutes=5)


def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Everything this process needs is there: 200, or 503 and what is not."""
    found = {name: _result(check) for name, check in CHECKS.items()}
    is_ready = all(result == "ok" for result in found.values())
    return JsonResponse(found, status=200 if is_ready else 503, headers={"Cache-Control": "no-store"})


def _result(check: Callable[[], str]) -> str:
    try:
        return check() or "ok"
    except (DatabaseError, OSError) as error:
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    pending = pending_migrations()
    return f"{pending} changes to the tables are waiting" if pending else ""


def _disk() -> str:
    usage = shutil.disk_usage(settings.VAR)
    return "" if usage.free >= usage.total * LEAST_FREE else f"{usage.free / usage.total:.0%} of the disk is free"


def _queue() -> str:
    waiting = Job.objects.oldest_age(timezone.now())
    return f"a job has been waiting for {waiting // timedelta(minutes=1)} minutes" if waiting > OLDEST_WAIT else ""


CHECKS = {"database": _database, "migrations": _migrations, "disk": _disk, "queue": _queue}
