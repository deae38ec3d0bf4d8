"""Is everything there that was promised, once and whole? Asked of the database itself, after the storm."""

from collections import Counter

from django.db import connection
from django.db.models import Count, F, Q

from townline.cases.models import Case, Clock, Draft
from townline.catalogue.models import Standard
from townline.channels.models import Interaction, Mail
from townline.customers.models import Customer
from townline.jobs.models import Job
from townline.timeline.models import Event
from townline.timeline.reactions import reactions_to


def all_faults(references: dict[int, str]) -> dict[str, int]:
    """How often each thing is wrong; `references` are those that customers saw, by draft."""
    cases = Case.objects.filter(channel="web")
    return {
        "acknowledged and lost": lost(references),
        "drafts with another case than was shown": mistaken(references),
        "cases without a draft, or with two": cases.annotate(n=Count("drafts")).exclude(n=1).count(),
        "cases without their one contact": cases.annotate(n=Count("interactions")).exclude(n=1).count(),
        "contacts without their case": Interaction.objects.annotate(n=Count("cases")).exclude(n=1).count(),
        "cases without all their clocks": _without_clocks(),
        "cases without their one event": _without_event(),
        "cases in a queue of another department": Case.objects.exclude(queue__department=F("department")).count(),
        "events without their jobs": _without_job(),
        "customers without a case": Customer.objects.filter(account=None, cases=None).count(),
        "cases not confirmed by mail, or twice": _not_confirmed(),
        "faults the database finds in itself": _unsound(),
    }


def lost(references: dict[int, str]) -> int:
    """References that a customer saw and no case has."""
    return len(set(references.values()) - set(Case.objects.values_list("reference", flat=True)))


def mistaken(references: dict[int, str]) -> int:
    """Drafts whose case has another reference than the customer saw, or none."""
    became = dict(Draft.objects.filter(pk__in=references).values_list("pk", "case__reference"))
    return sum(became.get(draft) != reference for draft, reference in references.items())


def mails_sent() -> int:
    """The mails that were handed over."""
    return Mail.objects.filter(state=Mail.State.SENT).count()


def _without_clocks() -> int:
    case = Case.objects.filter(channel="web").select_related("service").first()
    expected = len(Standard.objects.promised_for(case.service)) if case else 0
    whole = Case.objects.annotate(n=Count("clocks"), due=Count("clocks", filter=Q(clocks__due_at__isnull=False)))
    return whole.exclude(n=expected, due=expected).count() + Clock.objects.filter(case=None).count()


def _without_event() -> int:
    times = Counter(Event.objects.filter(name="case.received").values_list("case_id", flat=True))
    return sum(times[case] != 1 for case in Case.objects.values_list("pk", flat=True))


def _without_job() -> int:
    events = set(Event.objects.filter(name="case.received").values_list("pk", flat=True))
    jobs = Job.objects.filter(task__endswith=".react").values_list("kwargs", flat=True)
    times = Counter(kwargs["event_id"] for kwargs in jobs)
    each = len(reactions_to("case.received"))
    return sum(times[event] != each for event in events)


def _not_confirmed() -> int:
    confirmed = Mail.objects.filter(purpose="acknowledgement", state=Mail.State.SENT).values_list("case_id", flat=True)
    return Case.objects.exclude(pk__in=set(confirmed)).count() + len(confirmed) - len(set(confirmed))


def _unsound() -> int:
    """SQLite examines the whole file; PostgreSQL, which keeps foreign keys itself, reads every table once."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            found = [row for row in cursor.fetchall() if row[0] != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            return len(found) + len(cursor.fetchall())
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
    return 0
