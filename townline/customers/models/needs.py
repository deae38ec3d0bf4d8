"""What a customer needs to be served, and how they like to be: never why."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class Accommodation(Recorded):
    """What a customer needs to be served: the need, and never a diagnosis (O. Reg. 191/11, s. 12).

    It holds for every department until it is ended; the row stays.
    """

    class Kind(models.TextChoices):
        LARGE_PRINT = "large_print", _l("Large print")
        RELAY = "relay", _l("TTY or relay calls (7-1-1)")
        INTERPRETER = "interpreter", _l("An interpreter")
        SUPPORT_PERSON = "support_person", _l("A support person comes along")
        SERVICE_ANIMAL = "service_animal", _l("A service animal comes along")
        PHONE_ONLY = "phone_only", _l("By phone only")
        OTHER = "other", _l("Something else")

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="accommodations")
    kind = models.CharField(max_length=15, choices=Kind)
    what_helps = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @verb
    def end(self, *, by: Any) -> None:
        """It is needed no more."""
        if self.ended_at:
            raise NotPossible(_("This has been ended already."))
        self.ended_at = timezone.now()
        self.save()
        self.record("ended", by=by)


class Needing(models.Model):
    """Preferences and accommodations of a customer."""

    if TYPE_CHECKING:
        accommodations: Any
        record: Any

    class Way(models.TextChoices):
        """How they like to be answered."""

        EMAIL = "email", _l("By e-mail")
        PHONE = "phone", _l("By phone")
        MAIL = "mail", _l("By letter")
        COUNTER = "counter", _l("At the counter")

    class Format(models.TextChoices):
        """The form in which they can read what we send."""

        LARGE_PRINT = "large_print", _l("Large print")
        BRAILLE = "braille", _l("Braille")
        AUDIO = "audio", _l("Read aloud, or as audio")
        PLAIN_FILE = "plain_file", _l("A file for a screen reader")
        PLAIN_LANGUAGE = "plain_language", _l("Plain language")

    language = models.CharField(max_length=2, default="en")
    way = models.CharField(max_length=8, choices=Way, blank=True)
    text_format = models.CharField(max_length=15, choices=Format, blank=True)

    class Meta:
        abstract = True

    @verb
    def prefer(self, *, by: Any, language: str, way: str = "", text_format: str = "") -> None:
        """Say in which language, in which way and in which format they like to be answered."""
        self.language = language
        self.way = self.Way(way) if way else ""
        self.text_format = self.Format(text_format) if text_format else ""
        self.save()
        self.record("preferred", by=by, language=language)

    @verb
    def accommodate(self, *, by: Any, kind: str, what_helps: str = "") -> Accommodation:
        """Note what they need to be served; shown to whoever serves them, before they ask again."""
        kind = Accommodation.Kind(kind)
        if kind == Accommodation.Kind.OTHER and not what_helps.strip():
            raise NotPossible(_("Say what helps."))
        if self.accommodations.filter(kind=kind, ended_at=None, what_helps=what_helps.strip()).exists():
            raise NotPossible(_("This is noted already."))
        made: Accommodation = self.accommodations.create(kind=kind, what_helps=what_helps.strip(), added_by=by)
        self.record("accommodated", by=by, accommodation=made.pk)
        return made
