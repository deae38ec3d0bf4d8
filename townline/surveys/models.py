"""The questionnaire some weeks after an answer: two questions, no words, and a way never to be asked again."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Questionnaires as they are counted."""

    def since(self, moment: datetime) -> "SurveyQuerySet":
        """Sent from then on."""
        return self.filter(sent_at__gte=moment)


class Survey(Recorded):
    """One questionnaire about one case, sent once. It asks for no words, so that nobody can be known by theirs.

    `addressee` is a keyed digest of the address, by which nobody is asked too often.
    """

    class Solved(models.TextChoices):
        YES = "yes", _l("Yes")
        PARTLY = "partly", _l("Partly")
        NO = "no", _l("No")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="survey")
    addressee = models.CharField(max_length=16)
    sent_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    solved = models.CharField(max_length=6, choices=Solved, blank=True)
    ease = models.PositiveSmallIntegerField(null=True, blank=True, help_text="From 1, very hard, to 5, very easy.")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["addressee", "sent_at"], name="survey_addressee"),
            models.Index(fields=["sent_at"], name="survey_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_answered_survey_says_whether_it_was_solved",
                condition=Q(answered_at=None, solved="", ease=None) | Q(answered_at__isnull=False, solved__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"

    @verb
    def answer(self, *, by: Any, solved: str, ease: int | None = None) -> None:
        """Take the answers; sent again, the later ones count, once."""
        self.solved, self.ease = self.Solved(solved), ease
        self.answered_at = timezone.now()
        self.save()
        self.record("answered", by=by, solved=self.solved)

    @verb
    def stop_asking(self, *, by: Any) -> None:
        """No questionnaire goes to this address any more; a second time changes nothing."""
        _row, is_new = OptOut.objects.get_or_create(addressee=self.addressee)
        if is_new:
            self.record("stopped_asking", by=by)


class OptOut(models.Model):
    """An address to which no questionnaire goes any more, as a keyed digest."""

    addressee = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.addressee
