"""Members of Council, and what they ask: for themselves, or for a constituent."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case, Follower
from townline.cases.models.sealing import put_source
from townline.catalogue.models import Standard
from townline.channels.models import Channel, Mail
from townline.core.localized import Localized, LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.council.naming import names
from townline.customers.models import ContactPoint, Customer
from townline.timeline.models import Recorded

STEP = "council-reply"
"""The step whose standard says how soon a member of Council is answered."""


class Member(Recorded):
    """An office on Council: who asks, and where the reply goes. `person` is empty where only the office is known."""

    code = models.SlugField(unique=True)
    name = LocalizedField(help_text="The office, such as “Ward 1 councillor”.")
    person = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    assistants = models.JSONField(default=list, blank=True, help_text="code and name {en, fr} of each.")
    order = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    customer = models.OneToOneField(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="seat", editable=False
    )
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return f"{self.name}, {self.person}" if self.person else str(self.name)

    def assistant(self, code: str) -> Any:
        """What an assistant is called; nothing for the member."""
        found = next((one for one in self.assistants if one["code"] == code), None)
        return Localized(found["name"]) if found else ""

    @verb
    def change(self, *, by: Any, **written: Any) -> None:
        """Say who holds the office, how they are reached, and whether they still ask."""
        for name, value in written.items():
            setattr(self, name, value)
        self.save()
        self.record("changed", by=by, fields=sorted(written))

    @verb
    def seat(self, *, by: Any) -> tuple[Customer, ContactPoint | None]:
        """The customer that stands for the office, made at its first inquiry; and where the reply goes."""
        if self.customer is None:
            self.customer = Customer.objects.create(name=str(self)[:120], kind=Customer.Kind.BUSINESS)
            self.save()
            self.customer.record("added", by=by)
            self.record("seated", by=by, customer=self.customer.pk)
        known = self.customer.standing
        points = known.points_in_use()
        for kind, value in (("email", self.email), ("phone", self.phone)):
            key = (kind, ContactPoint.key_of(kind, value) or value)
            if value and key not in points:
                points[key] = known.add_point(by=by, kind=kind, value=value)
        wanted = ("email", ContactPoint.key_of("email", self.email)) if self.email else None
        return known, points.get(wanted) if wanted else next(iter(points.values()), None)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Inquiries as they are asked for."""

    def newest(self, before: Any = None) -> "InquiryQuerySet":
        """Last received first, from just before the given place."""
        rows = self.order_by("-received_at", "-id")
        if before is None:
            return rows
        received_at, pk = before
        return rows.filter(received_at__lte=received_at).filter(
            models.Q(received_at__lt=received_at) | models.Q(pk__lt=pk)
        )


class Inquiry(Recorded):
    """One thing that a member of Council asked staff about: their own, or a constituent's.

    It has a case, new or known before. The constituent is told apart from the
    member: the reply goes to the member, and says nothing of who the constituent
    is unless they agreed (`consent`).
    """

    class Whose(models.TextChoices):
        OWN = "own", _l("The member’s own")
        CONSTITUENT = "constituent", _l("For a constituent")

    class Consent(models.TextChoices):
        UNKNOWN = "unknown", _l("Not asked yet")
        GIVEN = "given", _l("Agreed: the member may be told about them")
        REFUSED = "refused", _l("Did not agree")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="inquiries", db_index=False)
    through = models.CharField(max_length=50, blank=True, help_text="The code of the assistant who asked.")
    whose = models.CharField(max_length=12, choices=Whose)
    constituent = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    consent_way = models.CharField(max_length=10, choices=Channel, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="inquiries")
    follower = models.ForeignKey(Follower, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    received_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inquiries"
        indexes = [models.Index(fields=["member", "received_at", "id"], name="inquiry_of_member")]
        constraints = [
            models.CheckConstraint(
                name="a_constituent_has_a_consent",
                condition=models.Q(whose="own", consent="", constituent=None)
                | (models.Q(whose="constituent") & ~models.Q(consent="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.case_id}"

    @property
    def step(self) -> str:
        """The step of the case by which the member is answered: one for each inquiry."""
        return f"reply-council-{self.pk}"

    @property
    def was_known(self) -> bool:
        """Did it join a case that somebody else had brought?"""
        return self.follower_id is not None

    @property
    def may_name_constituent(self) -> bool:
        """May the member be told who the constituent is?"""
        return self.whose == self.Whose.OWN or self.consent == self.Consent.GIVEN

    @property
    def asked_by(self) -> Any:
        """Who asked: the member, or which assistant."""
        return self.member.assistant(self.through) or self.member.name

    def promise(self, *, by: Any) -> None:
        """Begin the clock by which a member of Council is answered."""
        standard = Standard.objects.promised_step(
            self.case.service, STEP, priority=self.case.priority, channel=self.case.channel
        )
        if standard:
            self.case.promise_reply(by=by, step=self.step, standard=standard, started_at=self.received_at)

    @verb
    def note_consent(self, *, by: Any, consent: str, on: date, way: str) -> None:
        """Whether the constituent agreed that the member is told about them; asked again, the last word holds."""
        if self.whose == self.Whose.OWN:
            raise NotPossible(_("This inquiry is the member’s own: there is no constituent."))
        if on > timezone.localdate():
            raise NotPossible(_("It cannot have been said in the future."))
        self.consent, self.consent_on, self.consent_way = self.Consent(consent), on, Channel(way)
        self.save()
        self.record("consented", by=by, consent=str(self.consent), on=on.isoformat(), way=str(self.consent_way))

    @verb
    def answer(self, *, by: Any, text: str, is_final: bool = True) -> "Reply":
        """Reply to the member, and to nobody else; the promise to them is kept with it when it says all there is."""
        self._must_be_open_to_all()
        self.must_not_name(text)
        reply = Reply.objects.create(inquiry=self, text=text, by=by, is_final=is_final)
        if is_final:
            self._be_answered(by=by)
        self.record("answered", by=by, reply=reply.pk, is_final=is_final)
        return reply

    @verb
    def hear(self, *, by: Any) -> None:
        """The member was told on the case itself, whose customer they are."""
        if self.answered_at is None:
            self._be_answered(by=by)
            self.record("heard", by=by)

    @verb
    def seal(self, *, by: Any, into: Any) -> None:
        """Its case became confidential: hand over what was replied and who the constituent is, and keep that it was."""
        if self.constituent:
            put_source(into, "inquiry", self.received_at, self.entered_by_id, by=by, constituent=self.constituent.name)
        for reply in self.replies.exclude(text="").order_by("pk"):
            put_source(into, "reply", reply.at, reply.by_id, by=by, text=reply.text)
        self.replies.update(text="")
        self.constituent = None
        self.save()
        self.record("sealed", by=by)

    def must_not_name(self, text: str) -> None:
        """Refuse words in which the constituent's name, number or address stands, unless they agreed."""
        if self.may_name_constituent or self.constituent is None or not names(self.constituent, text):
            return
        raise NotPossible(
            _(
                "These words name the constituent or say how to reach them, and they have not agreed that the member "
                "is told. Take that out, or note their consent first."
            )
        )

    def _be_answered(self, *, by: Any) -> None:
        self.answered_at = self.answered_at or timezone.now()
        self.save()
        self.case.keep_reply(by=by, step=self.step)

    def _must_be_open_to_all(self) -> None:
        """Of a confidential case nothing is said, whatever it was when they asked."""
        if self.case.is_confidential:
            raise NotPossible(_("Nothing can be said about this."))


class Reply(models.Model):
    """What a member of Council was told: by e-mail where there is an address, else read out or printed."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    is_final = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    mail = models.OneToOneField(Mail, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return self.text[:60]
