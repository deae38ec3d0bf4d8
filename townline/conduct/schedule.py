"""What comes round by itself: a restriction that is over says so."""

from django.utils import timezone
from django_tasks import task

from townline.accounts.models import User
from townline.conduct.models import Restriction
from townline.jobs.schedule import periodic


@periodic(at=["00:20"])
@task()
def expire_restrictions() -> None:
    """Mark what is past its last day; it has limited nothing since that day ended."""
    system = User.objects.system()
    for restriction in Restriction.objects.over(timezone.localdate()).order_by("pk"):
        restriction.expire(by=system)
