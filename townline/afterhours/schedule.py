"""What this part does by itself: climb the list where nobody answered."""

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from townline.accounts.models import User
from townline.afterhours.models import Call
from townline.core.refusals import NotPossible
from townline.jobs.schedule import periodic


@periodic(every=timedelta(minutes=1))
@task()
def climb_the_rosters() -> None:
    """Page the next person wherever a page has waited long enough.

    The verb judges fresh facts under its lock: two workers, or one that was
    killed and began again, page nobody twice.
    """
    due = Call.objects.unanswered(timezone.now()).order_by("next_at").values_list("pk", flat=True)
    for pk in list(due[:200]):
        with suppress(NotPossible):
            Call.objects.get(pk=pk).climb(by=User.objects.system())
