"""A call that is owed: whom, about what, until when, and every attempt at it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department
from townline.cases.models import Case
from townline.cases.models.sealing import put_source
from townline.catalogue.models import Service
from townline.channels.models import Channel, Interaction
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import ContactPoint, Customer
from townline.timeline.models import Recorded

MOST_ATTEMPTS = 3
"""So often it is tried in vain; after that the customer is written to instead."""


class CallbackQuerySet(models.QuerySet["Callback"]):
    """Calls that are owed, as whoever makes them asks for them."""

    def owed(self) -> "CallbackQuerySet":
        """Not ended yet."""
        return self.filter(state="open")

    def by_due(self, after: tuple[datetime, int] | None = None) -> "CallbackQuerySet":
        """Soonest due first, from just after the given place."""
        rows = self.order_by("due_at", "id")
        if after is None:
            return rows
        due_at, pk = after
        return rows.filter(due_at__gte=due_at).filter(Q(due_at__gt=due_at) | Q(pk__gt=pk))

    def late(self, now: datetime) -> "CallbackQuerySet":
        """Owed, and past their time while the department was open."""
        return self.owed().filter(remind_at__lte=now)


class Callback(Recorded):
    """A call that we owe a customer since one contact, perhaps about a case, until a moment that was agreed.

    Who it is and at which number stands in `customers`; what it is about, in the contact itself. Attempts are rows;
    the one that reaches them ends it and is a contact of its own.
    """

    class State(models.TextChoices):
        OPEN = "open", _l("To be called back")
        REACHED = "reached", _l("Reached")
        GIVEN_UP = "given_up", _l("Given up")
        WITHDRAWN = "withdrawn", _l("Not wanted any more")

    class Reason(models.TextChoices):
        NOBODY = "nobody", _l("Nobody was reached, and we wrote instead")
        WRONG_NUMBER = "wrong", _l("The number is wrong, and we know no other")
        OTHERWISE = "otherwise", _l("They were answered in another way")

    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="callbacks")
    contact_point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="callbacks"
    )
    interaction = models.OneToOneField(Interaction, on_delete=models.PROTECT, related_name="callback")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="callbacks")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=2, default="en")
    from_at = models.DateTimeField(null=True, blank=True, help_text="Not before this moment.")
    due_at = models.DateTimeField(help_text="Until when they were told that we call.")
    remind_at = models.DateTimeField(help_text="The first open moment from then on: those who supervise hear of it.")
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=9, choices=Reason, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CallbackQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["department", "due_at", "id"], name="callback_owed", condition=Q(state="open")),
            models.Index(
                fields=["remind_at"], name="callback_to_remind", condition=Q(state="open", reminded_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_ended_callback_says_when",
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="given_up_for_a_reason",
                condition=Q(state="given_up", reason__gt="") | (~Q(state="given_up") & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("callbacks:callback", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Is the call still owed?"""
        return self.state == self.State.OPEN

    @property
    def is_late(self) -> bool:
        """Is it still owed after the time that was agreed?"""
        return self.is_open and self.due_at < timezone.now()

    @property
    def is_early(self) -> bool:
        """Did they ask not to be called before a moment that is still to come?"""
        return self.is_open and self.from_at is not None and self.from_at > timezone.now()

    @property
    def is_tried_enough(self) -> bool:
        """Was it tried as often as it should be?"""
        return self.tries >= MOST_ATTEMPTS

    @property
    def number(self) -> ContactPoint | None:
        """Where to call: what the number was corrected to, when it was; nothing when it is no longer used."""
        point = self.contact_point and self.contact_point.current
        return None if point is None or point.is_retired else point

    @verb
    def attempt(self, *, by: Any, result: str, words: str = "", seen: int | None = None) -> "Attempt":
        """Note that somebody called. Reached, it is over, and counts as a contact; `seen` is how many they knew of."""
        self._must_be_open()
        if seen is not None and seen != self.tries:
            raise NotPossible(_("An attempt was noted meanwhile. Look at it before you note another."))
        result = Attempt.Result(result)
        if result != Attempt.Result.REACHED and self.is_tried_enough:
            raise NotPossible(_("It was tried often enough. Write to them instead, then give the call up."))
        contact = self._count(by, words) if result == Attempt.Result.REACHED else None
        self.tries += 1
        made: Attempt = self.attempts.create(number=self.tries, by=by, result=result, interaction=contact)
        if contact:
            self.state, self.ended_at = self.State.REACHED, timezone.now()
        self.save()
        more: dict[str, Any] = {"interaction": contact.pk} if contact else {}
        self.record("attempted", by=by, number=made.number, result=str(result), **more)
        return made

    @verb
    def give_up(self, *, by: Any, reason: str) -> None:
        """End it although they were not reached, and say why."""
        self._must_be_open()
        self.state, self.reason, self.ended_at = self.State.GIVEN_UP, self.Reason(reason), timezone.now()
        self.save()
        self.record("given_up", by=by, reason=str(self.reason))

    @verb
    def withdraw(self, *, by: Any) -> None:
        """The customer does not want the call any more."""
        self._must_be_open()
        self.state, self.ended_at = self.State.WITHDRAWN, timezone.now()
        self.save()
        self.record("withdrawn", by=by)

    @verb
    def move(self, *, by: Any, department: Department) -> None:
        """Its case went to another department: the call is theirs now."""
        self._must_be_open()
        before, self.department = self.department_id, department
        self.save()
        self.record("moved", by=by, before=before, department=department.pk)

    @verb
    def remind(self, *, by: Any) -> None:
        """Note that those who supervise were told that it is overdue."""
        self._must_be_open()
        if self.reminded_at:
            raise NotPossible(_("They were told already."))
        self.reminded_at = timezone.now()
        self.save()
        self.record("reminded", by=by)

    @verb
    def seal(self, *, by: Any, into: Any) -> None:
        """Its case became confidential: hand over whom we were to call, and leave dates and choices only."""
        who, point = self.customer, self.contact_point
        words = {"name": who and who.name, "phone": point and point.value}
        put_source(into, "callback", self.asked_at, self.asked_by_id, by=by, **words)
        self.customer = self.contact_point = None
        if self.is_open:
            self.state, self.ended_at = self.State.WITHDRAWN, timezone.now()
        self.save()
        self.record("sealed", by=by)

    def _count(self, by: Any, words: str) -> Interaction:
        """The call itself, as a contact: on the case when it is about one."""
        text = words.strip() or _("We called them back.")
        if self.case:
            return self.case.contact(by=by, channel=Channel.PHONE, text=text, customer=self.customer)
        interaction = Interaction.objects.create(
            channel=Channel.PHONE,
            customer=self.customer,
            service=self.service,
            summary=text,
            language=self.language,
            outcome=Interaction.Outcome.ANSWERED,
            entered_by=by,
        )
        interaction.record("answered", by=by, channel=str(Channel.PHONE))
        return interaction

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise NotPossible(_("This call is not owed any more: %(state)s.") % {"state": self.get_state_display()})


class Attempt(models.Model):
    """One time that somebody called, and what came of it."""

    class Result(models.TextChoices):
        REACHED = "reached", _l("Reached them")
        NO_ANSWER = "no_answer", _l("Nobody answered")
        LEFT_MESSAGE = "message", _l("Left a message")
        WRONG_NUMBER = "wrong", _l("The number is wrong")

    callback = models.ForeignKey(Callback, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    result = models.CharField(max_length=9, choices=Result)
    interaction = models.OneToOneField(
        Interaction, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["callback", "number"], name="one_attempt_of_a_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_result_display()}"
