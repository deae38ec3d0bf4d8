"""Contacts with customers, and the mail that goes out to them."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.models import Body, Service, WrapUp
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import Consent, ContactPoint, Customer
from townline.timeline.models import Recorded
from townline.vault import door


class Channel(models.TextChoices):
    """The ways in which a contact arrives (Amherstburg 6.1.3, 6.3)."""

    PHONE = "phone", _l("Phone")
    COUNTER = "counter", _l("Counter")
    WEB = "web", _l("Portal")
    EMAIL = "email", _l("E-mail")
    LETTER = "letter", _l("Letter")
    FAX = "fax", _l("Fax")
    VOICEMAIL = "voicemail", _l("Voicemail")
    SOCIAL = "social", _l("Social media")
    OTHER = "other", _l("Other")


ALONE = Q(outcome__gt="added", outcome__lt="raised")
"""Contacts that belong to no case: answered, to be called back, handed to a body. The outcomes in between by name,
because SQLite takes such a range for the condition of an index, and no list.
"""


class InteractionQuerySet(models.QuerySet["Interaction"]):
    """Contacts as a representative would ask for them."""

    def newest(self, before: tuple[datetime, int] | None = None) -> "InteractionQuerySet":
        """Last received first, from just before the given place."""
        rows = self.order_by("-received_at", "-id")
        if before is None:
            return rows
        received_at, pk = before
        return rows.filter(received_at__lte=received_at).filter(Q(received_at__lt=received_at) | Q(pk__lt=pk))


class Interaction(Recorded):
    """One contact in any channel. Many may belong to one case, one may raise several.

    `received_at` is when the customer reached us, `entered_at` when we wrote it
    down: a letter's clock starts with the date stamp on its envelope.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _l("Answered at once")
        RAISED = "raised", _l("A case was raised")
        ADDED = "added", _l("Added to a case")
        PARTNER = "partner", _l("Handed to an outside body")
        CALL_BACK = "callback", _l("To be called back")

    class Handed(models.TextChoices):
        TOLD = "told", _l("Told how to reach it")
        THROUGH = "through", _l("Put through")
        WRITTEN = "written", _l("Passed on in writing")

    channel = models.CharField(max_length=10, choices=Channel)
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.SET_NULL, related_name="interactions"
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="en")
    outcome = models.CharField(max_length=10, choices=Outcome)
    wrap_up = models.ForeignKey(
        WrapUp, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    handed = models.CharField(max_length=7, choices=Handed, blank=True)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_confidential = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    disposed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["received_at", "id"], name="interaction_newest"),
            models.Index(
                fields=["wrap_up", "received_at", "id"], name="interaction_wrap_up", condition=Q(wrap_up__isnull=False)
            ),
            models.Index(
                fields=["received_at", "id"],
                name="interaction_to_dispose",
                condition=ALONE & Q(disposed_at=None),
            ),
            models.Index(
                fields=["body", "received_at", "id"], name="interaction_body", condition=Q(body__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_body_is_handed_to_in_some_way",
                condition=Q(body=None, handed="") | Q(body__isnull=False, handed__gt=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.received_at:%Y-%m-%d %H:%M}"

    @verb
    def dispose(self, *, by: Any, disposition: int, at: datetime) -> None:
        """Take away what was said and by whom; that somebody got in touch, how and about what stays to be counted."""
        if self.disposed_at:
            raise NotPossible(_("This contact was disposed of already."))
        self.summary, self.customer, self.disposed_at = "", None, at
        self.save()
        self.record("disposed", by=by, disposition=disposition)


class MailQuerySet(models.QuerySet["Mail"]):
    """Mail as whoever looks after it would ask for it."""

    def in_state(self, state: str, before: int | None = None) -> "MailQuerySet":
        """Waiting, sent or failed ones, last written first, from just before the given one."""
        rows = self.filter(state=state).order_by("-id")
        return rows if before is None else rows.filter(pk__lt=before)


class Mail(Recorded):
    """One e-mail to one contact point, from writing to delivery.

    Written in the transaction of the verb that wanted it, sent by the worker.
    The Message-ID is fixed here, so that a copy sent twice folds into one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _l("Waiting to be sent")
        SENT = "sent", _l("Sent")
        FAILED = "failed", _l("Could not be sent")
        BOUNCED = "bounced", _l("Came back")
        REPLACED = "replaced", _l("Sent to another address")

    class Bounce(models.TextChoices):
        UNKNOWN = "unknown", _l("There is no such address")
        FULL = "full", _l("The mailbox is full")
        REFUSED = "refused", _l("The mailbox refused it")

    contact_point = models.ForeignKey(
        ContactPoint, null=True, on_delete=models.PROTECT, related_name="mails", help_text="Empty once it is sealed."
    )
    case_id = models.BigIntegerField(null=True, db_index=True)
    purpose = models.CharField(max_length=30)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)
    is_confidential = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="mail_state")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_state_display()})"

    @verb
    def arrive(self, *, by: Any) -> None:
        """The mail server has taken it."""
        self._must_be_waiting()
        self.state = self.State.SENT
        self.attempts += 1
        self.last_error = ""
        self.sent_at = timezone.now()
        self.save()
        self.record("sent", by=by)

    @verb
    def defer(self, *, by: Any, why: str) -> None:
        """The mail server was away or asked for patience; `why` is in its own words."""
        self._must_be_waiting()
        self.attempts += 1
        self.last_error = why
        self.save()
        self.record("deferred", by=by, attempt=self.attempts)

    @verb
    def fail(self, *, by: Any, why: str, is_refused: bool = False) -> None:
        """It will not arrive; staff see it with the reason.

        A recipient that was refused is not written to again until somebody resends.
        """
        self._must_be_waiting()
        self.state = self.State.FAILED
        self.attempts += 1
        self.last_error = why
        self.save()
        if is_refused:
            self._mark_contact_point(ContactPoint.Status.FAILING)
        self.record("failed", by=by, attempt=self.attempts)

    @verb
    def resend(self, *, by: Any) -> None:
        """Try again to send a mail that failed for good; its contact point counts as working again."""
        self._must_be_stuck()
        self.state = self.State.WAITING
        self.attempts = 0
        self.save()
        self._mark_contact_point(ContactPoint.Status.ACTIVE)
        self.record("resent", by=by)

    @verb
    def redirect(self, *, by: Any, to: ContactPoint) -> "Mail":
        """Send the same words to another address; this one stays as it failed."""
        self._must_be_stuck()
        new = Mail.objects.create(
            contact_point=to,
            case_id=self.case_id,
            purpose=self.purpose,
            language=self.language,
            subject=self.subject,
            body=self.body,
            message_id=f"<again.{self.pk}.{self.message_id[1:]}"[:120],
            is_confidential=self.is_confidential,
        )
        self.state, self.replaced_by = self.State.REPLACED, new
        self.save()
        self.record("redirected", by=by, became=new.pk)
        ContactPoint.objects.filter(pk=to.pk).update(status=ContactPoint.Status.ACTIVE)
        new.record("written", by=by, purpose=self.purpose)
        return new

    @verb
    def bounce(self, *, by: Any, why: str) -> None:
        """It came back after it had been sent; its address is not written to until somebody sends again."""
        if self.state != self.State.SENT:
            raise NotPossible(_("Only an e-mail that was sent can come back."))
        self.state = self.State.BOUNCED
        self.last_error = str(self.Bounce(why).label)
        self.save()
        self._mark_contact_point(ContactPoint.Status.FAILING)
        self.record("bounced", by=by, why=why)

    @verb
    def seal(self, *, by: Any, into: Any) -> None:
        """Hand its words and its address over to a safe; that it was sent, and when, stays."""
        if self.state == self.State.WAITING or self.contact_point is None:
            raise NotPossible(_("This e-mail is on its way, or sealed already."))
        words = {"to": self.contact_point.value, "subject": self.subject, "body": self.body}
        said = {"kind": "mail", "at": self.written_at.isoformat(), "by": None, "words": words}
        door.put(into, "source", json.dumps(said, ensure_ascii=False), by=by)
        self.contact_point, self.subject, self.body, self.last_error = None, "", "", ""
        self.is_confidential = True
        self.save()
        self.record("sealed", by=by)

    def _must_be_stuck(self) -> None:
        if self.contact_point_id is None:
            raise NotPossible(_("This e-mail is on its way, or sealed already."))
        if self.state not in (self.State.FAILED, self.State.BOUNCED):
            raise NotPossible(_("This e-mail has not failed."))

    def _mark_contact_point(self, status: str) -> None:
        ContactPoint.objects.filter(mails=self).update(status=status)

    def _must_be_waiting(self) -> None:
        if self.state != self.State.WAITING:
            raise NotPossible(_("This e-mail is not waiting to be sent."))
