"""What this part forgets by itself, every night."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import task

from townline.accounts.limits import Count
from townline.accounts.models import Invitation, User
from townline.jobs.schedule import periodic

UNFINISHED_FOR = timedelta(days=7)
UNANSWERED_FOR = timedelta(days=90)


@periodic(at=["03:10"])
@task()
def forget_what_has_expired() -> None:
    """Sessions and counts that ran out, sign-ups that never came back with a code, invitations nobody took."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Count.objects.filter(expires__lt=now).delete()
    User.objects.unfinished().filter(joined_at__lt=now - UNFINISHED_FOR).delete()
    Invitation.objects.filter(accepted_at=None, expires_at__lt=now - UNANSWERED_FOR).delete()
