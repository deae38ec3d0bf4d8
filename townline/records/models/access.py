"""Access requests under MFIPPA: a case with a legal clock, an extension, third parties, a release and a decision."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import CalendarVersion
from townline.cases.models import Case, Status
from townline.core.clock import due
from townline.core.localized import Localized, LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.records.models.holds import Hold
from townline.timeline.models import Recorded

STEP = "access-answer"
LABEL = Localized(en="The access request is answered", fr="La demande d’accès reçoit une réponse")
THIRD_PARTY_DAYS = 20
"""Days in which somebody whose interests are touched may say what they think; general knowledge, to be verified."""


class AccessRuleQuerySet(models.QuerySet["AccessRule"]):
    """Rules by the day from which they hold."""

    def on(self, day: date) -> "AccessRule | None":
        """The one that holds for a request received on this day."""
        return self.filter(from_on__lte=day).order_by("-from_on", "-pk").first()


class AccessRule(models.Model):
    """How long the municipality has to answer an access request, from a day on; without a day it is not in force.

    Written by the pack. When Parliament changes the time, the new rule gets its
    day, and requests received before keep theirs.
    """

    class Unit(models.TextChoices):
        CALENDAR_DAYS = "calendar_days", _l("calendar days")
        BUSINESS_DAYS = "business_days", _l("business days")

    code = models.SlugField(unique=True)
    name = LocalizedField()
    from_on = models.DateField(null=True, blank=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=15, choices=Unit)
    authority = models.CharField(max_length=200)
    provenance = models.JSONField(default=dict)

    objects = AccessRuleQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "code"]

    def __str__(self) -> str:
        return str(self.name)

    def due_on(self, case: Any, more: int = 0) -> date:
        """The last day to answer this case, with so many units more when it was extended."""
        hours = CalendarVersion.of(case.department.calendar).opening_hours
        return timezone.localdate(due(case.received_at, self.amount + more, self.unit, hours))


class AccessRequest(Recorded):
    """A request for records, or for one's own information; it *has* a case, on which everything is said and sent."""

    class About(models.TextChoices):
        GENERAL = "general", _l("Records of the municipality")
        OWN = "own", _l("Their own information")

    class Reason(models.TextChoices):
        VOLUME = "volume", _l("There are very many records to look through")
        CONSULT = "consult", _l("Somebody outside has to be consulted")

    class Decision(models.TextChoices):
        FULL = "full", _l("Given in full")
        PART = "part", _l("Given in part")
        REFUSED = "refused", _l("Refused")
        NONE = "none", _l("There are no such records")
        TRANSFERRED = "transferred", _l("Transferred to another institution")
        ABANDONED = "abandoned", _l("Abandoned by the requester")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="access_request")
    about = models.CharField(max_length=10, choices=About, default=About.GENERAL)
    rule = models.ForeignKey(AccessRule, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    extended_by = models.PositiveSmallIntegerField(default=0)
    why_extended = models.CharField(max_length=10, choices=Reason, blank=True)
    words_extended = models.TextField(blank=True)
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    why_decided = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id"], name="access_open", condition=Q(decided_on=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="decided_on_means_decision",
                condition=Q(decided_on=None, decision="") | Q(decision__gt="", decided_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.case.reference

    @property
    def is_late(self) -> bool:
        """Is its last day over without a decision?"""
        return self.decided_on is None and timezone.localdate() > self.due_on

    def clocks(self) -> list[tuple[AccessRule, date, bool]]:
        """What each rule would say, and whether it is the one that holds."""
        found = []
        for rule in AccessRule.objects.all():
            holds = rule.pk == self.rule_id
            found.append((rule, self.due_on if holds else rule.due_on(self.case), holds))
        return found

    @classmethod
    def begin(cls, case: Case, *, by: Any, about: str = About.GENERAL) -> "AccessRequest":
        """Start the legal clock of a case that asks for access, from the day it was received; once."""
        with transaction.atomic():
            held = _held(case.pk)
            known = cls.objects.filter(case=held).first()
            if known:
                return known
            rule = AccessRule.objects.on(timezone.localdate(held.received_at))
            if rule is None:
                raise NotPossible(
                    _("No rule says in how many days an access request is answered. Add one to the pack.")
                )
            made = cls.objects.create(case=held, about=cls.About(about), rule=rule, due_on=rule.due_on(held))
            _run(held, rule)
            made.record("begun", by=by, rule=rule.code, due=made.due_on.isoformat())
        return made

    @verb
    def extend(self, *, by: Any, more: int, why: str, words: str) -> None:
        """Take more time, once, with the reason that the requester is told."""
        self._must_be_open()
        if self.extended_by:
            raise NotPossible(_("The time was extended already."))
        self.extended_by, self.why_extended, self.words_extended = more, self.Reason(why), words
        self.due_on = self.rule.due_on(self.case, more)
        self.save()
        held = _held(self.case_id)
        if held.drop_step(STEP):
            _run(held, self.rule, more)
        self.record("extended", by=by, more=more, why=self.why_extended, due=self.due_on.isoformat())

    @verb
    def notify(self, *, by: Any, name: str, about: str, answer_by: date | None = None) -> "ThirdParty":
        """Tell somebody whose interests the records touch, before anything is released."""
        self._must_be_open()
        today = timezone.localdate()
        answer_by = answer_by or today + timedelta(days=THIRD_PARTY_DAYS)
        if answer_by < today:
            raise NotPossible(_("The last day is already past."))
        made: ThirdParty = self.third_parties.create(name=name, about=about, notified_on=today, answer_by=answer_by)
        self.record("notified", by=by, third_party=made.pk, until=answer_by.isoformat())
        return made

    @verb
    def gather(self, *, by: Any, case: Case, texts: Iterable[tuple[str, str]]) -> None:
        """Take the words of a case into what may be released; from now on a hold keeps that case."""
        self._must_be_open()
        if self.pieces.filter(source=case).exists():
            raise NotPossible(_("The words of this case are gathered already."))
        made = [Piece(request=self, source=case, label=label, text=text) for label, text in texts if text.strip()]
        if not made:
            raise NotPossible(_("There are no words on this case."))
        Piece.objects.bulk_create(made)
        if not Hold.objects.standing().filter(case=case, kind=Hold.Kind.FOI).exists():
            Hold.place(by=by, kind=Hold.Kind.FOI, reason=self.case.reference, case=case)
        self.record("gathered", by=by, source=case.pk, pieces=len(made))

    @verb
    def redact(self, *, by: Any, words: Iterable[str], section: str) -> None:
        """Take these words out of the release wherever they stand, under a section of the Act."""
        self._must_be_open()
        section = Redaction.Section(section)
        fresh = [one for one in dict.fromkeys(word.strip() for word in words) if one]
        if not fresh:
            raise NotPossible(_("Enter the words to take out."))
        for one in fresh:
            self.redactions.update_or_create(words=one, defaults={"section": section})
        self.record("redacted", by=by, section=section, count=len(fresh))

    @verb
    def restore(self, *, by: Any, redaction: "Redaction") -> None:
        """Leave words in after all."""
        self._must_be_open()
        section = redaction.section
        redaction.delete()
        self.record("restored", by=by, section=section)

    @verb
    def decide(self, *, by: Any, decision: str, why: str) -> None:
        """Decide; what was gathered stands as it was released from now on, and the clock stops."""
        self._must_be_open()
        if decision == self.Decision.FULL and self.redactions.exists():
            raise NotPossible(_("Words are taken out, so it is given in part."))
        waiting = self.third_parties.filter(answered_on=None, answer_by__gte=timezone.localdate())
        if decision in (self.Decision.FULL, self.Decision.PART) and waiting.exists():
            raise NotPossible(_("A third party still has time to answer."))
        self.decision, self.why_decided, self.decided_on = self.Decision(decision), why, timezone.localdate()
        self.save()
        held = _held(self.case_id)
        if held.keep_step(STEP):
            held.save()
        self.record("decided", by=by, decision=self.decision)

    def _must_be_open(self) -> None:
        if self.decided_on:
            raise NotPossible(_("This request was decided already."))


def _held(pk: int) -> Case:
    return Case.objects.select_for_update(no_key=True, of=("self",)).select_related("department__calendar").get(pk=pk)


def _run(case: Case, rule: AccessRule, more: int = 0) -> None:
    """Let the case show the legal clock, which never pauses."""
    if case.status != Status.CLOSED:
        case.start_step_clock(
            STEP, label=LABEL, amount=rule.amount + more, unit=rule.unit, is_legal=True, started_at=case.received_at
        )
        case.save()


class ThirdParty(Recorded):
    """Somebody whose interests the records touch: told of the request, with a time to answer."""

    class Answer(models.TextChoices):
        AGREES = "agrees", _l("Agrees that it is released")
        OBJECTS = "objects", _l("Objects")

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="third_parties")
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300)
    notified_on = models.DateField()
    answer_by = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_time(self) -> bool:
        """May they still answer?"""
        return self.answered_on is None and timezone.localdate() <= self.answer_by

    @verb
    def respond(self, *, by: Any, answer: str, words: str = "") -> None:
        """Write down what they said; late answers are taken too."""
        if self.answered_on:
            raise NotPossible(_("Their answer is noted already."))
        self.answer, self.words, self.answered_on = self.Answer(answer), words, timezone.localdate()
        self.save()
        self.record("responded", by=by, answer=self.answer)


class Piece(models.Model):
    """One text that may be released, copied when it was gathered, so that nothing written later slips in."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="pieces")
    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200)
    text = models.TextField()
    gathered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


class Redaction(models.Model):
    """Words that are taken out of a release wherever they stand, with the section of the Act that says why."""

    class Section(models.TextChoices):
        S6 = "s. 6", _l("s. 6: draft by-laws and closed meetings")
        S7 = "s. 7", _l("s. 7: advice or recommendations")
        S8 = "s. 8", _l("s. 8: law enforcement")
        S9 = "s. 9", _l("s. 9: relations with other governments")
        S10 = "s. 10", _l("s. 10: third party information")
        S11 = "s. 11", _l("s. 11: economic and other interests")
        S12 = "s. 12", _l("s. 12: solicitor-client privilege")
        S13 = "s. 13", _l("s. 13: danger to safety or health")
        S14 = "s. 14", _l("s. 14: personal privacy of somebody else")
        S15 = "s. 15", _l("s. 15: published or soon to be published")
        S38 = "s. 38", _l("s. 38: limits of access to one’s own information")

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="redactions")
    words = models.CharField(max_length=500)
    section = models.CharField(max_length=8, choices=Section)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["request", "words"], name="taken_out_once")]

    def __str__(self) -> str:
        return self.section
