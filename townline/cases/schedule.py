"""What this part does by itself."""

import secrets
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from townline.accounts.models import User
from townline.cases.dealing import deal_what_waits
from townline.cases.models import Draft, Notification, Presence, Wait
from townline.cases.notifying import mail_to
from townline.cases.proving import differing, sample
from townline.cases.saying import gather, write_anew
from townline.cases.warning import sweep
from townline.documents.models import Attachment
from townline.documents.store import retire
from townline.jobs.schedule import periodic
from townline.vault.erasing import overwrite_what_is_removed

AT_ONCE = 1000


@periodic(at=["03:25"])
@task()
def forget_old_drafts() -> None:
    """Throw away what was typed more than 30 days ago; what was sent stands in its case."""
    old = Draft.objects.too_old()
    while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        Draft.objects.filter(pk__in=some).delete()


@periodic(at=["03:35"])
@task()
def forget_loose_files() -> None:
    """Throw away what was sent and never attached; the files themselves are swept after."""
    loose = Attachment.objects.filter(enclosure=None, brought_at__lt=timezone.now() - timedelta(days=1))
    while some := dict(loose.values_list("pk", "file")[:AT_ONCE]):
        Attachment.objects.filter(pk__in=some).delete()
        for name in some.values():
            retire(name)


@periodic(every=timedelta(minutes=10))
@task()
def forget_who_was_here() -> None:
    """Keep nothing of who had which case open."""
    Presence.objects.gone().delete()


@periodic(at=["00:20"])
@task()
def end_waits() -> None:
    """Let every case go on whose named day has come: nobody has to remember it."""
    over = Wait.objects.filter(ended_at=None, until_on__lte=timezone.localdate())
    for pk in list(over.values_list("pk", flat=True)):
        end_wait.enqueue(wait_id=pk)


@periodic(every=timedelta(minutes=1))
@task()
def gather_words() -> None:
    """Let what was said since the last time be found."""
    gather()


@periodic(at=["03:50"])
@task()
def leave_no_old_words() -> None:
    """Let no word stand in the file that was taken out of the index."""
    overwrite_what_is_removed()
    write_anew()


@periodic(every=timedelta(minutes=5))
@task()
def deal_out() -> None:
    """Give out what came in while nobody was there, in the queues that are given out by turn."""
    deal_what_waits(by=User.objects.system())


@task()
def end_wait(wait_id: int) -> None:
    """Let one case go on, unless somebody did already."""
    wait = Wait.objects.select_related("case").get(pk=wait_id)
    if wait.ended_at is None:
        wait.case.resume(by=User.objects.system())


@periodic(every=timedelta(minutes=1))
@task()
def warn_of_what_is_due() -> None:
    """Tell staff of promises that are soon due or overdue, each once."""
    sweep()


class PromisesDiffer(Exception):
    """What is stored of a promise does not follow from its history: a fault of ours, or somebody wrote past it."""


@periodic(at=["03:40"])
@task(max_attempts=1)
def prove_some() -> None:
    """Work some promises out again; a difference fails this job, which those who run the computers see at the desk."""
    moment = timezone.now() + timedelta(hours=secrets.randbelow(24 * 30))
    found = differing(sample(moment) or sample(timezone.now()))
    if found:
        raise PromisesDiffer(
            f"{len(found)} cases have promises that do not follow from their history. Run: townline clocks"
        )


@periodic(every=timedelta(minutes=5))
@task()
def mail_notifications() -> None:
    """Send each person who wants it one e-mail of what they were told meanwhile."""
    for pk in Notification.objects.to_mail().order_by().values_list("user", flat=True).distinct():
        mail_notifications_of.enqueue(user_id=pk)


@task()
def mail_notifications_of(user_id: int) -> None:
    """The e-mail of one person."""
    mail_to(User.objects.get(pk=user_id))
