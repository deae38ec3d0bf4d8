"""What this part does by itself."""

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from townline.accounts.models import User
from townline.complaints.models import Assignment, Complaint, ComplaintDraft, Offer, Stage
from townline.core.refusals import NotPossible
from townline.jobs.schedule import periodic
from townline.vault import door


@periodic(every=timedelta(minutes=15))
@task()
def offer_what_ran_out() -> None:
    """Offer each complaint whose promise to answer has run out to the next level, once."""
    offered = Offer.objects.values("complaint_id", "level")
    late = Complaint.objects.filter(
        stage=Stage.INVESTIGATION, case__clocks__promise="answer", case__clocks__ended_at=None,
        case__clocks__due_at__lt=timezone.now(),
    )  # fmt: skip
    done = {(row["complaint_id"], row["level"]) for row in offered.filter(complaint__in=late)}
    for complaint in late.distinct():
        if (complaint.pk, complaint.level) not in done:
            with suppress(NotPossible):
                complaint.offer(by=User.objects.system())


@periodic(every=timedelta(minutes=15))
@task()
def relieve_who_may_not() -> None:
    """Take complaints out of the hands of who may not have them any more: promoted, moved, named, gone."""
    held = Assignment.objects.active().values("complaint_id")
    for complaint in Complaint.objects.filter(pk__in=held).order_by("pk"):
        if complaint.is_in_wrong_hands:
            with suppress(NotPossible):
                complaint.relieve(by=User.objects.system())


@periodic(at=["03:40"])
@task()
def destroy_old_drafts() -> None:
    """Destroy what was written more than 30 days ago and not sent."""
    old = ComplaintDraft.objects.filter(complaint=None, began_at__lte=timezone.now() - ComplaintDraft.KEPT)
    for draft in old.select_related("safe"):
        safe = draft.safe
        if not safe.shredded_at:
            door.shred(safe, by=User.objects.system())
        draft.delete()
