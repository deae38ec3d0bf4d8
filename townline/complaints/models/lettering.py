"""Letters to the complainant: written when it is acknowledged and decided, printed by the worker, sealed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.complaints.models.leading import Leading
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.letters.press import unshown
from townline.vault import door

NAMED = 20
"""So many characters are named in a refusal, and no more."""


class LettersBy(models.TextChoices):
    """How the complainant wants their letters."""

    HERE = "here", _l("On this website; an e-mail says that there is one")
    EMAIL = "email", _l("By e-mail, with the letter attached")
    MAIL = "mail", _l("On paper, by mail")


class Letter(models.Model):
    """That a letter was written at one level. Words, address, PDF and the whole letter as data are sealed.

    `words` and `other_words` name what the investigator wrote, the customer's own language
    first; `name` and `document` what was printed, and are empty until then.
    """

    class What(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", _l("Acknowledgement")
        DECISION = "decision", _l("Decision letter")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="letters")
    what = models.CharField(max_length=15, choices=What)
    level = models.PositiveSmallIntegerField()
    decision = models.OneToOneField(
        "complaints.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="paper"
    )
    words = models.CharField(max_length=32)
    other_words = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=32, blank=True, db_index=True)
    document = models.CharField(max_length=32, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.what} {self.level}"


class Lettering(Leading):
    """Beginning a letter, and keeping what was printed."""

    class Meta:
        abstract = True

    @verb
    def seal_letter(self, *, by: Any, letter: Letter, pdf: bytes, document: str) -> None:
        """Keep the printed letter, as PDF and as data; once."""
        held = self.letters.select_for_update(no_key=True).get(pk=letter.pk)
        if held.sealed_at:
            raise NotPossible(_("This letter was printed already."))
        held.name = door.put_file(self.safe, "letter", f"{self.case.reference}.pdf", pdf, by=by)
        held.document = door.put(self.safe, "letter-document", document, by=by)
        held.size, held.sealed_at = len(pdf), timezone.now()
        held.save()
        self.record("letter_sealed", by=by, letter=held.pk, what=held.what, level=held.level)

    def _begin_letter(self, what: str, words: str, other_words: str, *, by: Any, decision: Any = None) -> Letter:
        """What the investigator wrote, in the customer's language and, where they want both, in the other one."""
        other = door.put(self.safe, f"other-{what}", other_words, by=by) if other_words else ""
        made: Letter = self.letters.create(
            what=what, level=self.level, words=words, other_words=other, by=by, decision=decision
        )
        return made

    def _must_be_in_both(self, other_words: str) -> None:
        if self.is_bilingual and not other_words:
            raise NotPossible(_("The complainant wants letters in English and in French. Write it in both."))

    def _must_be_printable(self, *texts: str) -> None:
        """Boxes in a letter are words lost: whoever writes it is told which characters while they can mend it."""
        lacking = unshown("".join(texts))
        if lacking:
            raise NotPossible(
                _("The letter cannot print these characters: %(lacking)s. Write it without them.")
                % {"lacking": " ".join(lacking[:NAMED])}
            )
