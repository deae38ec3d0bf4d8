"""Who knows of which complaint, and who may do what with one."""

from dataclasses import dataclass, field

from django.db.models import F, Q
from django.utils import timezone

from townline.accounts.models import User
from townline.complaints import keeper  # noqa: F401  (says who may open the safes)
from townline.complaints.ladder import chairs_of, line_above
from townline.complaints.models import (
    Assignment,
    Complaint,
    EmergencyAccess,
    Offer,
    RecordedRequest,
    Stage,
    Subject,
    Witness,
)
from townline.complaints.models.leading import chairs_now
from townline.core.access import Policy, policy


@dataclass(frozen=True)
class Complainant:
    """Somebody who has proved, in this browser, that these complaints are theirs."""

    complaint_ids: frozenset[int] = field(default_factory=frozenset)
    is_anonymous: bool = True
    is_employee: bool = False


@policy(Complaint)
class ComplaintPolicy(Policy):
    """Staff see the complaints they have.

    Whoever oversees complaints or answers access requests sees all, by pseudonym, level and clocks.

    Whoever is complained about, whoever reports to them, and a witness see nothing
    of it and do nothing with it, whatever their role.
    """

    def scope(self) -> Q:
        """What they may know of."""
        if isinstance(self.user, Complainant):
            return Q(pk__in=self.user.complaint_ids)
        if not self._is_employee() or not self.user.is_active:
            return self.NOTHING
        about_them_or_above = Subject.objects.filter(user__in=self._line()).values("complaint_id")
        seen_by_them = Witness.objects.filter(user=self.user).values("complaint_id")
        return self._theirs() & ~Q(pk__in=about_them_or_above) & ~Q(pk__in=seen_by_them)

    def _theirs(self) -> Q:
        if self._oversees() or self._answers_requests():
            return self.EVERYTHING
        now, today = timezone.now(), timezone.localdate()
        assigned = Assignment.objects.active().filter(user=self.user).values("complaint_id")
        let_in = EmergencyAccess.objects.filter(user=self.user, ends_at__gt=now).values("complaint_id")
        asked = RecordedRequest.objects.filter(user=self.user, until_on__gte=today).values("complaint_id")
        offered = Offer.objects.filter(
            user=self.user, complaint__level=F("level"), complaint__stage=Stage.INVESTIGATION
        )
        return Q(pk__in=assigned) | Q(pk__in=let_in) | Q(pk__in=asked) | Q(pk__in=offered.values("complaint_id"))

    def _line(self) -> set[int]:
        """Themselves, and everybody they report to."""
        chairs = chairs_now()
        above = [one for chair in chairs_of(chairs, [self.user.pk]) for one in line_above(chairs, chair.pk)]
        return {self.user.pk, *(holder for chair in above for holder in chair.holders)}

    def read(self, complaint: Complaint) -> bool:
        """Open its page at the desk: pseudonym, level, clocks; what is sealed stays closed there."""
        return self._is_employee()

    def track(self, complaint: Complaint) -> bool:
        """The complainant follows it."""
        return self._is_complainant()

    reply = accept = track

    def escalate(self, complaint: Complaint) -> bool:
        """The complainant; the investigator, for the municipality; and whoever oversees, when a promise ran out."""
        return self._is_complainant() or self._investigates(complaint) or self._oversees()

    def attach(self, complaint: Complaint) -> bool:
        """Add evidence: the complainant, and who investigates it."""
        return self._is_complainant() or self._investigates(complaint)

    def open_intake(self, complaint: Complaint) -> bool:
        """Nobody by hand: it is part of filing."""
        return False

    def ask_for_package(self, complaint: Complaint) -> bool:
        """The complainant, for their own copy."""
        return self._is_complainant()

    def disclose(self, complaint: Complaint) -> bool:
        """The complainant consents; who investigates it, and the FOI coordinator, record it."""
        return self._is_complainant() or self.release(complaint)

    withdraw_consent = disclose

    def release(self, complaint: Complaint) -> bool:
        """Who investigates it, and the FOI coordinator, on a recorded consent or request."""
        return self._investigates(complaint) or self._answers_requests()

    def seal_letter(self, complaint: Complaint) -> bool:
        """Nobody by hand: the worker does it when it has printed one."""
        return False

    seal_package = seal_letter

    def offer(self, complaint: Complaint) -> bool:
        """Nobody by hand: the worker does it when a promise has run out."""
        return False

    relieve = offer

    def name_witness(self, complaint: Complaint) -> bool:
        """Who investigates it, and whoever oversees."""
        return self._investigates(complaint) or self._oversees()

    def take_over(self, complaint: Complaint) -> bool:
        """Whoever it was offered to at this level."""
        return self._is_employee() and complaint.offers.filter(user=self.user, level=complaint.level).exists()

    def send_on(self, complaint: Complaint) -> bool:
        """Who has it at intake."""
        return complaint.stage == Stage.INTAKE and self._has(complaint, Assignment.Role.INTAKE)

    def acknowledge(self, complaint: Complaint) -> bool:
        """Who investigates it now."""
        return self._investigates(complaint)

    ask = note = hear = record_answer = find = decide = extend = close = follow_up = acknowledge

    def finish_follow_up(self, complaint: Complaint) -> bool:
        """Who investigates it, and whoever oversees."""
        return self._investigates(complaint) or self._oversees()

    def open_in_emergency(self, complaint: Complaint) -> bool:
        """Whoever oversees complaints; they are let in for half an hour, and everybody responsible is told."""
        return self._oversees()

    def review_emergency(self, complaint: Complaint) -> bool:
        """Whoever oversees, and the FOI coordinator."""
        return self._oversees() or self._answers_requests()

    def record_request(self, complaint: Complaint) -> bool:
        """The FOI coordinator."""
        return self._answers_requests()

    def _is_complainant(self) -> bool:
        return isinstance(self.user, Complainant)

    def _is_employee(self) -> bool:
        return isinstance(self.user, User) and self.user.is_employee

    def _oversees(self) -> bool:
        return self._is_employee() and self.user.holds("complaint.oversee")

    def _answers_requests(self) -> bool:
        return self._is_employee() and self.user.holds("complaint.foi")

    def _investigates(self, complaint: Complaint) -> bool:
        return self._has(complaint, Assignment.Role.INVESTIGATOR)

    def _has(self, complaint: Complaint, role: str) -> bool:
        is_theirs = (one.user_id == self.user.pk and one.role == role for one in complaint.assignments.all()
                     if one.until_at is None)  # fmt: skip
        return self._is_employee() and any(is_theirs)
