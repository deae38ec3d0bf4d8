"""What the public may hear of a case, and what not: hidden for a reason, and shown again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models.moves import Moving
from townline.catalogue.models import Service
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Hiding(models.Model):
    """A decision that the public hears no more of a case, or hears of it again: why, and in which words.

    Each decision is a row of its own and none is ever changed: together they are the history. The words are for
    whoever reported it, in the language of the case.
    """

    class Reason(models.TextChoices):
        PERSON = "person", _l("It tells something about a person")
        WORDS = "words", _l("Its words could hurt somebody")
        RISK = "risk", _l("It could put somebody at risk")
        WRONG = "wrong", _l("What others see is not right")
        ASKED = "asked", _l("Whoever reported it asked for this")
        MENDED = "mended", _l("What was wrong has been put right")
        LOOKED_AT = "looked_at", _l("We looked at it again: it can be shown")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="hidings")
    is_hidden = models.BooleanField()
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.at:%Y-%m-%d}"


TO_HIDE = (Hiding.Reason.PERSON, Hiding.Reason.WORDS, Hiding.Reason.RISK, Hiding.Reason.WRONG, Hiding.Reason.ASKED)
TO_SHOW = (Hiding.Reason.MENDED, Hiding.Reason.LOOKED_AT, Hiding.Reason.ASKED)


class Moderating(Moving):
    """Hiding from the public what somebody reported, and showing it again."""

    class Meta:
        abstract = True

    @verb
    def hide(self, *, by: Any, reason: str, words: str) -> Hiding:
        """Nobody else hears of it any more, nor of its place; whoever reported it sees that, and why.

        The case goes on as before, and nothing is removed.
        """
        if reason not in TO_HIDE:
            raise NotPossible(_("This is not a reason to hide a case."))
        if self.hiding:
            raise NotPossible(_("It is hidden already."))
        if not self.is_public or self.service.shares == Service.Shares.NOTHING:
            raise NotPossible(_("The public hears nothing of this case: there is nothing to hide."))
        self.is_public = False
        return self._decide("hidden", by=by, reason=reason, words=words)

    @verb
    def show_again(self, *, by: Any, reason: str, words: str) -> Hiding:
        """The public hears of it again, as far as its service lets it; whoever reported it sees that, and why."""
        if reason not in TO_SHOW:
            raise NotPossible(_("This is not a reason to show a case again."))
        if not self.hiding or self.is_confidential or self.disposed_at:
            raise NotPossible(_("It is not hidden: there is nothing to show again."))
        self.is_public = True
        return self._decide("shown_again", by=by, reason=reason, words=words)

    @property
    def hiding(self) -> Hiding | None:
        """The decision by which the public hears no more of it now; None when there is none."""
        latest: Hiding | None = None if self.is_public else self.hidings.order_by("-id").first()
        return latest if latest and latest.is_hidden else None

    def _decide(self, past: str, *, by: Any, reason: str, words: str) -> Hiding:
        if not words.strip():
            raise NotPossible(_("Say in a sentence why: whoever reported it reads it."))
        hiding: Hiding = self.hidings.create(by=by, is_hidden=not self.is_public, reason=reason, words=words)
        self.save()
        self.record(past, by=by, reason=str(reason), hiding=hiding.pk)
        return hiding
