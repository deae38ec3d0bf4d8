"""What the municipality does for its public, as data a clerk may change."""

from django.db import models
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from townline.accounts.models import Calendar, Department
from townline.core.localized import LocalizedField
from townline.questions.models import FormVersion


class Kind(models.TextChoices):
    """The kinds of case; what each needs differs, what each is does not."""

    INQUIRY = "inquiry", _l("Inquiry")
    SERVICE_REQUEST = "service_request", _l("Service request")
    BYLAW_COMPLAINT = "bylaw_complaint", _l("By-law complaint")
    FORMAL_COMPLAINT = "formal_complaint", _l("Formal complaint")
    COMPLIMENT = "compliment", _l("Compliment")
    FEEDBACK = "feedback", _l("Feedback")
    APPLICATION = "application", _l("Application")
    ACCESS_REQUEST = "access_request", _l("Access request")


class Door(models.TextChoices):
    """The doors of the portal's home page."""

    REPORT = "report", _l("Report a problem")
    BYLAW = "bylaw", _l("By-law complaint")
    PERMIT = "permit", _l("Permits and licences")
    VOICE = "voice", _l("Complaint, compliment or feedback")
    ASK = "ask", _l("Ask a question")


class CollectionNotice(models.Model):
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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="notice_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services as a clerk would ask for them."""

    def offered(self) -> "ServiceQuerySet":
        """On the portal now."""
        return self.filter(is_active=True, is_public=True)


class Service(models.Model):
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
    centralisation = models.JSONField(default=dict, help_text="intake, decision, fulfilment: {mode, reason{en, fr}}.")
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


class StandardQuerySet(models.QuerySet["Standard"]):
    """Standards as an intake asks for them."""

    def promised_for(self, service: Service) -> "list[Standard]":
        """For each promise the most particular standard: the service's, else its kind's, else everybody's."""
        found = self.filter(
            models.Q(service=service) | models.Q(service=None, kind=service.kind) | models.Q(service=None, kind="")
        ).select_related("calendar")
        general_first = sorted(found, key=lambda standard: (standard.service_id is not None, standard.kind != ""))
        return list({standard.promise: standard for standard in general_first}.values())


class Standard(models.Model):
    """A service standard: what the municipality commits to, as a time.

    The most particular one holds: for a service, then for a kind of case, then
    for everything.
    """

    class Promise(models.TextChoices):
        ACKNOWLEDGE = "acknowledge", _l("We confirm that we have it")
        ANSWER = "answer", _l("We answer")
        OUTCOME = "outcome", _l("It is done or decided")

    class Unit(models.TextChoices):
        BUSINESS_DAYS = "business_days", _l("business days")
        BUSINESS_HOURS = "business_hours", _l("business hours")
        CALENDAR_DAYS = "calendar_days", _l("calendar days")
        HOURS = "hours", _l("hours")

    code = models.SlugField(unique=True, max_length=80)
    name = LocalizedField()
    promise = models.CharField(max_length=12, choices=Promise)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="standards")
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=15, choices=Unit)
    calendar = models.ForeignKey(Calendar, null=True, blank=True, on_delete=models.PROTECT)
    provenance = models.JSONField(default=dict)

    objects = StandardQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.name)

    @property
    def in_words(self) -> str:
        """“within 2 business days”, in the language of the page."""
        forms = {
            self.Unit.BUSINESS_DAYS: ngettext(
                "within %(amount)s business day", "within %(amount)s business days", self.amount
            ),
            self.Unit.BUSINESS_HOURS: ngettext(
                "within %(amount)s business hour", "within %(amount)s business hours", self.amount
            ),
            self.Unit.CALENDAR_DAYS: ngettext("within %(amount)s day", "within %(amount)s days", self.amount),
            self.Unit.HOURS: ngettext("within %(amount)s hour", "within %(amount)s hours", self.amount),
        }
        return forms[self.Unit(self.unit)] % {"amount": self.amount}


class Definition(models.Model):
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
