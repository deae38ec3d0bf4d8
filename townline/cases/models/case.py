"""The case itself: its fields and how a list of cases is asked for."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department
from townline.cases.models.closing import Closing
from townline.cases.models.confidence import Confiding
from townline.cases.models.dealing import Dealing
from townline.cases.models.delivering import Delivering
from townline.cases.models.disposing import Disposing
from townline.cases.models.enclosures import Enclosing
from townline.cases.models.filing import Filing
from townline.cases.models.followers import Following
from townline.cases.models.handing import HandingOver
from townline.cases.models.handling import Handling
from townline.cases.models.hearing import Hearing
from townline.cases.models.hiding import Moderating
from townline.cases.models.links import Linking
from townline.cases.models.merges import Merging
from townline.cases.models.parts import Parting
from townline.cases.models.priority import Prioritising
from townline.cases.models.promises import Promised
from townline.cases.models.replying import Replying
from townline.cases.models.roads import OnRoads
from townline.cases.models.sealing import Sealing
from townline.cases.models.states import AFTER_ALL, NEVER, Outcome, Status
from townline.cases.models.steps import Stepping
from townline.cases.models.talk import Talking
from townline.cases.models.voices import Voicing
from townline.cases.models.waits import Waiting
from townline.cases.places import place_cell, place_key
from townline.catalogue.models import CollectionNotice, Kind, Priority, RoadStandard, Service
from townline.channels.models import Channel, Interaction
from townline.customers.models import ContactPoint, Customer
from townline.questions.models import FormVersion
from townline.routing.models import Queue, Step
from townline.timeline.models import Recorded


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases as a clerk would ask for them."""

    def open(self) -> "CaseQuerySet":
        """Not closed: asked through `due_at`, so that the work list's index answers alone."""
        return self.filter(due_at__lte=NEVER)

    def closed(self) -> "CaseQuerySet":
        """Ended, with an outcome."""
        return self.filter(due_at__gt=NEVER)

    def overdue(self, now: datetime) -> "CaseQuerySet":
        """With a promise that has run out."""
        return self.filter(due_at__lt=now)

    def in_hands_of(self, user: Any) -> "CaseQuerySet":
        """Theirs, and those of colleagues who are away and whom they cover for."""
        if not user.covered_ids:
            return self.filter(assignee=user)
        return self.filter(assignee__in=[user.pk, *user.covered_ids])

    def in_queue(self, queue: Queue) -> "CaseQuerySet":
        """Of one queue; on an index of its own, in the order of a work list."""
        return self.filter(queue=queue)

    def by_due(self, after: tuple[datetime, int] | None = None) -> "CaseQuerySet":
        """Soonest due first, from just after the given place: `a >= x AND (a > x OR id > y)`."""
        rows = self.order_by("due_at", "id")
        if after is None:
            return rows
        due_at, pk = after
        return rows.filter(due_at__gte=due_at).filter(Q(due_at__gt=due_at) | Q(pk__gt=pk))

    def newest(self, before: tuple[datetime, int] | None = None) -> "CaseQuerySet":
        """Last received first, from just before the given place."""
        rows = self.order_by("-received_at", "-id")
        if before is None:
            return rows
        received_at, pk = before
        return rows.filter(received_at__lte=received_at).filter(Q(received_at__lt=received_at) | Q(pk__lt=pk))

    def closed_newest(self, before: int | None = None) -> "CaseQuerySet":
        """Closed ones, last entered first, from just before the given one.

        All of them have the same `due_at`, so that the index of a work list
        holds them in this order too.
        """
        rows = self.filter(due_at=AFTER_ALL).order_by("-id")
        return rows if before is None else rows.filter(pk__lt=before)

    def for_page(self) -> "CaseQuerySet":
        """With everything the page of one case shows about its surroundings."""
        return self.select_related(
            "service",
            "department",
            "queue",
            "assignee",
            "customer__merged_into",
            "contact_point__replaced_by",
            "form_version",
            "collection_notice",
        )

    def for_rows(self) -> "CaseQuerySet":
        """With what a row of a list shows, and without the long texts.

        The departments, a few that all rows share, are read on their own.
        """
        return self.select_related("service", "assignee", "queue").prefetch_related("department").only(
            "reference", "kind", "subject", "status", "priority", "customer", "channel", "place_label", "received_at",
            "due_at", "due_kind", "closed_at", "changed_at", "outcome", "service__code", "service__name", "department",
            "assignee__name", "assignee__email", "why_here", "queue__code", "queue__name", "queue__is_default",
        )  # fmt: skip


class Case(
    Handling, HandingOver, Dealing, Prioritising, OnRoads, Filing, Voicing, Stepping, Talking, Delivering, Hearing,
    Enclosing, Following, Linking, Parting, Merging, Waiting, Closing, Confiding, Sealing, Replying, Disposing,
    Moderating, Promised, Recorded,
):  # fmt: skip
    """One matter that a customer brings to the municipality, from intake to outcome.

    Statuses move as `MOVES` says. The clocks are the promises; `due_at` and
    `due_kind` repeat the nearest running one, written by the verb that changes it.
    `queue` is always one of its department; `stage` is the step of the service at
    which it stands, `route` the decision that sent it there, as ids and choices.
    """

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="cases")
    subject = models.CharField(max_length=200)
    # No index of their own: the one of a list begins with each, and a second would be its rival. For the same
    # reason `due_at` alone has none: what is due is asked of one department or one person.
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="cases", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="cases", db_index=False)
    stage = models.CharField(max_length=10, choices=Step, default=Step.DECISION)
    route = models.JSONField(default=dict, help_text="Why it went where it is: version, rule and what fitted.")
    why_here = models.CharField(max_length=200, blank=True, help_text="Why it came back or was handed over.")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    road_class = models.CharField(max_length=1, blank=True, choices=[(one, one) for one in RoadStandard.CLASSES])
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.NORMAL)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    contact_point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    language = models.CharField(max_length=2, default="en")
    channel = models.CharField(max_length=10, choices=Channel)
    interactions = models.ManyToManyField(Interaction, related_name="cases")
    form_version = models.ForeignKey(FormVersion, null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    collection_notice = models.ForeignKey(CollectionNotice, null=True, on_delete=models.PROTECT, related_name="+")
    place_label = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # What a look-up for the same thing nearby compares; kept in step with the place by `save`.
    place_key = models.CharField(max_length=80, blank=True, editable=False)
    place_cell = models.BigIntegerField(null=True, editable=False)
    is_public = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    survivor = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged", db_index=False,
        help_text="The case in which this one goes on, at the end of every merge.",
    )  # fmt: skip
    disputes = models.PositiveSmallIntegerField(default=0, editable=False)
    source = models.CharField(max_length=40, blank=True, help_text="The system it was imported from.")
    source_number = models.CharField(max_length=60, null=True, editable=False, help_text="Its number there.")
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    due_at = models.DateTimeField(default=NEVER)
    due_kind = models.CharField(max_length=12, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["department", "due_at", "id"], name="case_work_list"),
            models.Index(fields=["queue", "due_at", "id"], name="case_queue_list"),
            models.Index(fields=["assignee", "due_at", "id"], name="case_assignee_list"),
            models.Index(fields=["received_at", "id"], name="case_newest"),
            models.Index(fields=["department", "received_at", "id"], name="case_department_newest"),
            models.Index(fields=["place_key", "received_at", "id"], name="case_near_by_words"),
            models.Index(
                fields=["place_cell", "received_at", "id"],
                name="case_near_on_map",
                condition=Q(place_cell__isnull=False),
            ),
            models.Index(
                fields=["closed_at", "id"],
                name="case_to_dispose",
                condition=Q(closed_at__isnull=False, disposed_at=None),
            ),
            models.Index(fields=["parent"], name="case_part", condition=Q(parent__isnull=False)),
            models.Index(fields=["survivor"], name="case_merged", condition=Q(survivor__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="closed_means_closed_at_and_outcome",
                condition=Q(status="closed", closed_at__isnull=False, outcome__gt="", due_at__gt=NEVER)
                | Q(~Q(status="closed"), closed_at=None, outcome="", due_at__lte=NEVER),
            ),
            models.UniqueConstraint(fields=["source", "source_number"], name="one_case_per_source_number"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what look-ups compare in step with the place."""
        self.locate()
        super().save(*args, **kwargs)

    def locate(self) -> None:
        """Write down what a look-up for the same thing nearby compares."""
        self.place_key = place_key(self.place_label)
        self.place_cell = place_cell(self.latitude, self.longitude)

    def get_absolute_url(self) -> str:
        """The case's page at the desk."""
        return reverse("cases:detail", args=[self.reference])

    @property
    def is_closed(self) -> bool:
        """Has it ended?"""
        return self.status == Status.CLOSED

    @property
    def status_for_customer(self) -> Any:
        """Where it stands, as a sentence for the customer."""
        return {
            Status.NEW: _l("We have it. It has not been picked up yet."),
            Status.OPEN: _l("Somebody is working on it."),
            Status.WAITING: _l("We are waiting for something before we can go on."),
            Status.CLOSED: _l("It is finished."),
        }[Status(self.status)]
