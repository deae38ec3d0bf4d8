"""What this part does by itself: large pictures, scans, and what nobody needs any more."""

from datetime import timedelta

from django_tasks import task

from townline.accounts.models import User
from townline.documents import clamd, store
from townline.documents.models import Attachment
from townline.documents.reading import write_anew
from townline.jobs.schedule import periodic

AT_ONCE = 200
ORPHANED = 24 * 3600
WAITING = (Attachment.Scan.WAITING, Attachment.Scan.NOT_SCANNED)


@task()
def prepare(attachment_id: int) -> None:
    """Write a large picture anew; while that is done, no transaction waits for it."""
    attachment = Attachment.objects.filter(pk=attachment_id, is_ready=False).first()
    if attachment is None:
        return
    found = write_anew(attachment.file)
    attachment.prepare(by=User.objects.system(), found=found)


@task()
def remove_files(names: list[str]) -> None:
    """Take files off the disk whose content was sealed elsewhere, and not only a day later."""
    _sweep(names)


@task()
def scan(attachment_id: int) -> None:
    """Ask the scanner about one file; when it is away, `scan_what_waits` asks again."""
    attachment = Attachment.objects.filter(pk=attachment_id, is_ready=True, scanned_at=None).first()
    if attachment is None or not clamd.is_configured():
        return
    try:
        found = _scanned(attachment)
    except clamd.ScannerAway:
        return
    attachment.judge(by=User.objects.system(), found=found)


def _scanned(attachment: Attachment) -> str:
    with store.path(attachment.file).open("rb") as file:
        return clamd.scan(iter(lambda: file.read(store.PART), b""))


@periodic(every=timedelta(minutes=1))
@task()
def scan_what_waits() -> None:
    """Scan what could not be scanned before: the scanner was away, or there was none yet."""
    if not clamd.is_configured() or not clamd.answers():
        return
    waiting = Attachment.objects.filter(scan__in=WAITING, is_ready=True, scanned_at=None).order_by("id")
    for pk in list(waiting.values_list("pk", flat=True)[:AT_ONCE]):
        scan.call(attachment_id=pk)


@periodic(at=["03:50"])
@task()
def sweep_files() -> None:
    """Remove files of which no record knows: a day old, so that none is on its way to being attached."""
    some: list[str] = []
    for name in store.names(ORPHANED):
        some.append(name)
        if len(some) == AT_ONCE:
            _sweep(some)
            some = []
    _sweep(some)


def _sweep(names: list[str]) -> None:
    known = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
    for name in names:
        if name not in known:
            store.discard(name)
