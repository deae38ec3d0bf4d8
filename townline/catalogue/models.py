"""What the municipality does for its public, as data a clerk may change."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from townline.accounts.models import Calendar, Department
from townline.accounts.set_up import Retirable, SetUp
from townline.catalogue.bodies import Body
from townline.catalogue.kinds import Door, Kind, TimeUnit
from townline.catalogue.roads import RoadStandard as RoadStandard
from townline.catalogue.steps import Step
from townline.catalogue.wrap_ups import WrapUp
from townline.core.localized import LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.questions.models import FormVersion

__all__ = [
    "Body",
    "CollectionNotice",
    "Definition",
    "Door",
    "Kind",
    "Priority",
    "Reason",
    "Service",
    "Standard",
    "Step",
    "WrapUp",
]


class CollectionNotice(SetUp):
    """What a person is told when personal information is collected (MFIPPA, s. 29(2)).

    A change of words is a new version; the version that was shown is stored
    with each case.
    """

    code = models.SlugField()
    version = models.PositiveIntegerField(default=1)
    text = LocalizedField()
    authority = LocalizedField(help_text="The legal authority for the collection.")
    purpose = LocalizedField(help_text="The principal purposes.")
    officer = models.JSONField(default=dict, help_text="title {en, fr}, address, phone: who can answer.")
    is_current = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    TOLD = ("text", "authority", "purpose", "officer")
    """The words that make a version."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="notice_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @verb
    def change(self, *, by: Any, **values: Any) -> "CollectionNotice":
        """Let it say this from now on: other words are a new version, which the services that show it show next."""
        if not self.is_current:
            raise NotPossible(_("A newer version of this notice is in force."))
        if all(values.get(name, getattr(self, name)) == getattr(self, name) for name in self.TOLD):
            super().change(by=by, **{**values, "version": self.version})
            return self
        self.is_current = False
        self.save()
        kept = {name: getattr(self, name) for name in ("code", *self.TOLD, "provenance")}
        new = CollectionNotice.objects.create(**{**kept, **values, "version": self.version + 1, "is_current": True})
        Service.objects.filter(collection_notice__code=self.code).update(collection_notice=new)
        self.record("changed", by=by, version=new.version, became=new.pk)
        return new


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services as a clerk would ask for them."""

    def offered(self) -> "ServiceQuerySet":
        """On the portal now."""
        return self.filter(is_active=True, is_public=True).exclude(door=Door.STAFF)


class Service(Retirable):
    """Something the municipality does, as a customer would look for it, with its summary."""

    class Account(models.TextChoices):
        NONE = "none", _l("No account needed")
        OPTIONAL = "optional", _l("Better with an account")
        REQUIRED = "required", _l("An account is needed")

    class Anonymous(models.TextChoices):
        REFUSE = "refuse", _l("We need your name")
        ACCEPT = "accept", _l("You can stay anonymous")

    class Contact(models.TextChoices):
        NONE = "none", _l("We do not ask who you are")
        OPTIONAL = "optional", _l("You may tell us how to reach you")
        REQUIRED = "required", _l("We need to be able to reach you")

    class Shares(models.TextChoices):
        NOTHING = "nothing", _l("Nothing: nobody else hears of its cases")
        SERVICE = "service", _l("That there is a case nearby, without its place")
        PLACE = "place", _l("That there is a case, and its place")

    code = models.SlugField(unique=True, max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    door = models.CharField(max_length=10, choices=Door)
    name = LocalizedField()
    sort_key = models.CharField(max_length=120, db_index=True)
    summary = LocalizedField(help_text="What it is.")
    eligibility = LocalizedField(blank=True, help_text="Who may have it.")
    cost = LocalizedField(blank=True)
    bring = LocalizedField(blank=True, help_text="What to have at hand.")
    duration = LocalizedField(blank=True, help_text="How long it takes, in words.")
    next_steps = LocalizedField(blank=True, help_text="What happens next.")
    bylaw = LocalizedField(blank=True, help_text="The by-law, statute or policy it rests on.")
    script = LocalizedField(blank=True, help_text="What a representative reads out.")
    keywords = LocalizedField(blank=True, help_text="Other words people use, separated by commas.")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="services")
    questions = models.ForeignKey(FormVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    collection_notice = models.ForeignKey(CollectionNotice, null=True, blank=True, on_delete=models.PROTECT)
    account = models.CharField(max_length=10, choices=Account, default=Account.NONE)
    contact = models.CharField(max_length=10, choices=Contact, default=Contact.OPTIONAL)
    anonymous = models.CharField(max_length=10, choices=Anonymous, default=Anonymous.REFUSE)
    needs_place = models.BooleanField(default=False)
    never_restricted = models.BooleanField(
        default=False, help_text="Emergencies, access, elections, accessible service: no restriction reaches it."
    )
    shares = models.CharField(
        max_length=10, choices=Shares, default=Shares.NOTHING, help_text="What other customers may hear of a case."
    )
    near_metres = models.PositiveSmallIntegerField(
        default=50, help_text="So far apart, two reports may be of one thing."
    )
    near_days = models.PositiveSmallIntegerField(default=30, help_text="So long after, they may still be.")
    centralisation = models.JSONField(default=dict, help_text="intake, decision, fulfilment: {mode, reason{en, fr}}.")
    after_hours = LocalizedField(
        blank=True, help_text="What to do while nobody is there; empty when the calendar’s own words are enough."
    )
    closed_reason = LocalizedField(blank=True, help_text="Why it cannot be asked for now; empty when it can.")
    is_public = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    reviewed_on = models.DateField(null=True, blank=True)
    provenance = models.JSONField(default=dict)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_open(self) -> bool:
        """Can it be asked for now?"""
        return self.is_active and not self.closed_reason


class Priority(models.TextChoices):
    """How pressing a case is; staff say so, with a reason."""

    NORMAL = "normal", _l("Normal")
    HIGH = "high", _l("High")
    URGENT = "urgent", _l("Urgent")


class Reason(models.TextChoices):
    """What a case may have to wait for."""

    CUSTOMER = "customer", _l("For the customer")
    CONTRACTOR = "contractor", _l("For a contractor")
    PARTNER = "partner", _l("For another government or a utility")
    WEATHER = "weather", _l("For the weather or the season")


class StandardQuerySet(models.QuerySet["Standard"]):
    """Standards as an intake asks for them."""

    def promised_for(self, service: Service, *, priority: str = Priority.NORMAL, channel: str = "") -> "list[Standard]":
        """For each promise the most particular standard; those of steps only where they are asked for by name."""
        found = self.applying_to(service, priority=priority, channel=channel).exclude(promise=Standard.Promise.STEP)
        general_first = sorted(found, key=lambda standard: standard.particularity)
        return list({standard.promise: standard for standard in general_first}.values())

    def promised_step(self, service: Service, step: str, *, priority: str, channel: str) -> "Standard | None":
        """The most particular standard of one step, or None when nothing was promised for it."""
        found = self.applying_to(service, priority=priority, channel=channel).filter(
            promise=Standard.Promise.STEP, step=step
        )
        return max(found, key=lambda standard: standard.particularity, default=None)

    def applying_to(self, service: Service, *, priority: str, channel: str) -> "StandardQuerySet":
        """Every standard whose conditions such a case meets."""
        scope = models.Q(service=service) | models.Q(service=None, kind__in=["", service.kind])
        found = self.filter(scope, priority__in=["", priority], channel__in=["", channel], is_active=True)
        return found.select_related("calendar")


class Standard(Retirable):
    """A service standard: what the municipality commits to, as a time.

    The most particular one holds: one for the service goes before one for its
    kind, and that before one for everything; among those of the same width one
    that names the priority goes first, then one that names the channel.
    """

    class Promise(models.TextChoices):
        ACKNOWLEDGE = "acknowledge", _l("We confirm that we have it")
        ANSWER = "answer", _l("We answer")
        STEP = "step", _l("A step is done")
        OUTCOME = "outcome", _l("It is done or decided")

    Unit = TimeUnit

    PAUSES: ClassVar[dict[str, list[str]]] = {
        Promise.ACKNOWLEDGE: [],
        Promise.ANSWER: [Reason.CUSTOMER],
        Promise.STEP: Reason.values,
        Promise.OUTCOME: Reason.values,
    }
    """What each promise waits for unless its standard says otherwise. That we have something can be confirmed
    whatever a case waits for, and an answer is held up only by the customer; work may have to wait for anything."""

    code = models.SlugField(unique=True, max_length=80)
    name = LocalizedField()
    promise = models.CharField(max_length=12, choices=Promise)
    step = models.CharField(max_length=60, blank=True, help_text="The code of the step, for the promise of one.")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="standards")
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    priority = models.CharField(max_length=10, choices=Priority, blank=True, help_text="Empty for every priority.")
    channel = models.CharField(max_length=10, blank=True, help_text="Empty for every channel.")
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=15, choices=Unit)
    calendar = models.ForeignKey(Calendar, null=True, blank=True, on_delete=models.PROTECT)
    is_legal = models.BooleanField(default=False, help_text="Set from outside the municipality: it never pauses.")
    is_winter = models.BooleanField(
        default=False, help_text="Promised during a declared weather event, it begins when that is declared over."
    )
    pauses_for = models.JSONField(
        null=True, blank=True, help_text="What a case may wait for so that this stands still; null for the usual."
    )
    is_active = models.BooleanField(default=True, help_text="Promised to what comes in from now on.")
    provenance = models.JSONField(default=dict)

    objects = StandardQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.name)

    @property
    def particularity(self) -> tuple[bool, bool, bool, bool]:
        """How particular it is: the greater of two holds."""
        return (self.service_id is not None, self.kind != "", self.priority != "", self.channel != "")

    @property
    def paused_by(self) -> list[str]:
        """The reasons for which a case may wait so that this promise stands still."""
        if self.is_legal:
            return []
        return self.PAUSES[self.promise] if self.pauses_for is None else self.pauses_for

    @property
    def in_words(self) -> str:
        """“within 2 business days”, in the language of the page."""
        return within(self.amount, self.unit)


def within(amount: int, unit: str) -> str:
    """“within 2 business days”, in the language of the page."""
    forms = {
        Standard.Unit.BUSINESS_DAYS: ngettext(
            "within %(amount)s business day", "within %(amount)s business days", amount
        ),
        Standard.Unit.BUSINESS_HOURS: ngettext(
            "within %(amount)s business hour", "within %(amount)s business hours", amount
        ),
        Standard.Unit.CALENDAR_DAYS: ngettext("within %(amount)s day", "within %(amount)s days", amount),
        Standard.Unit.HOURS: ngettext("within %(amount)s hour", "within %(amount)s hours", amount),
    }
    return forms[Standard.Unit(unit)] % {"amount": amount}


class Definition(SetUp):
    """A word as the municipality's policy defines it, restated plainly.

    `text` is our restatement with the clause it comes from; `own_text` is the
    place for the municipality's own wording, shown first when there is any.
    """

    code = models.SlugField(unique=True)
    term = LocalizedField()
    text = LocalizedField()
    own_text = LocalizedField(blank=True)
    clause = models.CharField(max_length=60, blank=True)
    policy = models.CharField(max_length=200, blank=True)
    use = LocalizedField(blank=True, help_text="What staff do with it.")
    order = models.PositiveIntegerField(default=0)
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.term)
