"""What becomes of a restriction: approved above, reviewed, appealed, lifted, over."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import override

from townline.accounts.models import Municipality, Position
from townline.channels import mail
from townline.conduct.limits import is_reviewed_in_time, is_short_enough, may_approve
from townline.core.refusals import NotAllowed, NotPossible
from townline.core.verbs import verb
from townline.customers.models import ContactPoint


class Deciding(models.Model):
    """The steps of a restriction; each is somebody's, at a moment, with a reason."""

    if TYPE_CHECKING:
        pk: Any
        customer: Any
        requested_by: Any
        requested_by_id: Any
        starts_on: Any
        ends_on: Any
        review_on: Any
        notice: Any
        notice_mail: Any
        notice_mail_id: Any
        record: Any

    class State(models.TextChoices):
        REQUESTED = "requested", _l("Asked for")
        APPROVED = "approved", _l("In force")
        DECLINED = "declined", _l("Declined")
        LIFTED = "lifted", _l("Lifted")
        EXPIRED = "expired", _l("Over")

    class Appeal(models.TextChoices):
        CONFIRMED = "confirmed", _l("It stays")
        AMENDED = "amended", _l("It ends earlier")
        RESCINDED = "rescinded", _l("It is taken back")

    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_on = models.DateField(null=True, blank=True)
    why_ended = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    appeal_until = models.DateField(null=True, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    appeal_text = models.TextField(blank=True)
    appeal_outcome = models.CharField(max_length=10, choices=Appeal, blank=True)
    appeal_words = models.TextField(blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def demand_dates(starts_on: date, ends_on: date, review_on: date) -> None:
        """Refuse what would last too long, or would not be looked at in time."""
        if not is_short_enough(starts_on, ends_on):
            raise NotPossible(_("It ends after it begins, and within twelve months."))
        if not is_reviewed_in_time(starts_on, review_on, ends_on):
            raise NotPossible(_("It is reviewed within six months, and before it ends."))

    @property
    def is_in_force(self) -> bool:
        """Does it hold today?"""
        return self.state == self.State.APPROVED and self.starts_on <= timezone.localdate() <= self.ends_on

    @verb
    def open(self, *, by: Any) -> None:
        """Read the reason and the evidence: it leaves who did, and when."""
        self.record("opened", by=by)

    @verb
    def approve(self, *, by: Any) -> None:
        """Put it in force; only from a position above the requester's, a director's or higher."""
        self._demand(self.State.REQUESTED)
        if not is_approver(by, self.requested_by):
            raise NotAllowed(_("Only a director or higher, above who asked in the reporting line, may decide on this."))
        if self.ends_on < timezone.localdate():
            raise NotPossible(_("The time it was asked for is over."))
        municipality = Municipality.objects.get()
        days = municipality.conduct_policy.get("appeal_days", 0)
        self.state, self.approved_by, self.approved_at = self.State.APPROVED, by, timezone.now()
        self.appeal_until = max(self.starts_on, timezone.localdate()) + timedelta(days=days)
        self.save()
        self.record("approved", by=by, appeal_until=self.appeal_until.isoformat())

    @verb
    def decline(self, *, by: Any, why: str) -> None:
        """Do not put it in force."""
        self._demand(self.State.REQUESTED)
        if not is_approver(by, self.requested_by):
            raise NotAllowed(_("Only a director or higher, above who asked in the reporting line, may decide on this."))
        self._end(self.State.DECLINED, why)
        self.record("declined", by=by)

    @verb
    def review(self, *, by: Any, review_on: date) -> None:
        """Look at it again and keep it, until the next review."""
        self._demand(self.State.APPROVED)
        today = timezone.localdate()
        if not is_reviewed_in_time(today, review_on, self.ends_on):
            raise NotPossible(_("It is reviewed within six months, and before it ends."))
        self.reviewed_on, self.review_on = today, review_on
        self.save()
        self.record("reviewed", by=by, next=review_on.isoformat())

    @verb
    def lift(self, *, by: Any, why: str) -> None:
        """End it before its last day."""
        self._demand(self.State.APPROVED)
        self._end(self.State.LIFTED, why)
        self.record("lifted", by=by)

    @verb
    def appeal(self, *, by: Any, text: str) -> None:
        """The customer asks to have it looked at again; it holds meanwhile."""
        self._demand(self.State.APPROVED)
        if self.appealed_at:
            raise NotPossible(_("It was appealed already."))
        if self.appeal_until is None or timezone.localdate() > self.appeal_until:
            raise NotPossible(_("The time to appeal is over."))
        self.appealed_at, self.appeal_text = timezone.now(), text
        self.save()
        self.record("appealed", by=by)

    @verb
    def decide_appeal(self, *, by: Any, outcome: str, words: str, ends_on: date | None = None) -> None:
        """Answer the appeal: it stays, it ends earlier, or it is taken back. Never by who asked for it."""
        self._demand(self.State.APPROVED)
        if not self.appealed_at or self.appeal_outcome:
            raise NotPossible(_("There is no appeal to decide."))
        if by.pk == self.requested_by_id or not is_approver(by, self.requested_by):
            raise NotAllowed(_("Only a director or higher, above who asked in the reporting line, may decide on this."))
        self.appeal_outcome, self.appeal_words = self.Appeal(outcome), words
        if self.appeal_outcome == self.Appeal.AMENDED:
            if ends_on is None or not self.starts_on <= ends_on < self.ends_on:
                raise NotPossible(_("Enter a day before the one on which it would have ended."))
            self.ends_on, self.review_on = ends_on, min(self.review_on, ends_on)
        if self.appeal_outcome == self.Appeal.RESCINDED:
            self._end(self.State.LIFTED, words)
        self.save()
        self.record("appeal_decided", by=by, outcome=self.appeal_outcome, ends=self.ends_on.isoformat())

    @verb
    def expire(self, *, by: Any) -> None:
        """Its last day is over. Townline does this by itself."""
        self._demand(self.State.APPROVED)
        if timezone.localdate() <= self.ends_on:
            raise NotPossible(_("Its last day is not over."))
        self._end(self.State.EXPIRED, "")
        self.record("expired", by=by)

    @verb
    def notify(self, *, by: Any) -> None:
        """Send the notice to the customer's e-mail address; where there is none, it is printed and mailed."""
        self._demand(self.State.APPROVED)
        if self.notice_mail_id:
            raise NotPossible(_("The notice was sent already."))
        point = self._address()
        if point is None:
            raise NotPossible(_("This customer has no e-mail address that works. Print the notice and mail it."))
        with override(self.customer.language):
            subject = _("How we will be in touch with you")
        self.notice_mail = mail.write(
            point, purpose="restriction", key=f"restriction{self.pk}", language=self.customer.language,
            subject=subject, body=self.notice, is_confidential=True, by=by,
        )  # fmt: skip
        self.save()
        self.record("notified", by=by, mail=self.notice_mail.pk)

    def _address(self) -> ContactPoint | None:
        points = self.customer.points_in_use().values()
        working = (p for p in points if p.kind == ContactPoint.Kind.EMAIL and p.status == ContactPoint.Status.ACTIVE)
        return next(working, None)

    def _demand(self, state: str) -> None:
        if self.state != state:
            now = self.State(self.state).label
            raise NotPossible(_("This cannot be done with a restriction that is “%(state)s”.") % {"state": now})

    def _end(self, state: str, why: str) -> None:
        self.state, self.why_ended, self.ended_at = state, why, timezone.now()
        self.save()


def is_approver(user: Any, requester: Any) -> bool:
    """Does this person sit above the other in the reporting line, high enough to approve?"""
    if user.pk == requester.pk or user.position is None or requester.position is None:
        return False
    line = dict(Position.objects.filter(is_active=True).values_list("code", "reports_to__code"))
    return may_approve(user.position.code, user.position.level, requester.position.code, line)
