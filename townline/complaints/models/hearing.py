"""Talking with the complainant and with those complained about; all that is said is sealed."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.complaints.models.lettering import Letter, Lettering
from townline.complaints.models.people import Exchange
from townline.complaints.models.states import Stage
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Hearing(Lettering):
    """Acknowledging, asking, hearing both sides, noting."""

    class Meta:
        abstract = True

    @verb
    def acknowledge(self, *, by: Any, words: str, other_words: str = "") -> None:
        """Tell the complainant that it is being investigated, by whom and until when; a letter is printed of it."""
        self._must_still_be_for(by, "acknowledge")
        self._must_be_investigated()
        self._must_be_in_both(other_words)
        self._must_be_printable(words, other_words)
        said = self._say(Exchange.Way.TO_COMPLAINANT, words, by=by)
        letter = self._begin_letter(Letter.What.ACKNOWLEDGEMENT, said.name, other_words, by=by)
        self.case.fulfil("acknowledge", by=by)
        self.record("acknowledged", by=by, level=self.level, letter=letter.pk)

    @verb
    def ask(self, *, by: Any, words: str) -> None:
        """Ask the complainant something."""
        self._must_still_be_for(by, "ask")
        self._must_be_investigated()
        self._say(Exchange.Way.TO_COMPLAINANT, words, by=by)
        self.record("asked", by=by, level=self.level)

    @verb
    def reply(self, *, by: Any, words: str) -> None:
        """The complainant writes; possible as long as the complaint is not closed."""
        if self.stage == Stage.CLOSED:
            raise NotPossible(_("This complaint is closed. You can still ask for the next level."))
        self._say(Exchange.Way.FROM_COMPLAINANT, words, by=by)
        self.record("replied", by=by, level=self.level)

    @verb
    def note(self, *, by: Any, words: str) -> None:
        """Keep a note with the file; it is part of the record."""
        self._must_still_be_for(by, "note")
        self._say(Exchange.Way.NOTE, words, by=by)
        self.record("noted", by=by, level=self.level)

    @verb
    def hear(self, *, by: Any, subject: Any, words: str, names_complainant: bool = False) -> None:
        """Put the substance to the person complained about, without saying who complained.

        The complainant is named to them only on recorded consent, or where fairness demands it and the law allows.
        """
        self._must_still_be_for(by, "hear")
        self._must_be_investigated()
        if names_complainant and not self._may_be_named():
            raise NotPossible(_("Record the complainant’s consent, or the legal duty, before naming them."))
        self._say(Exchange.Way.TO_SUBJECT, words, by=by, subject=subject)
        subject.heard_at = timezone.now()
        subject.save(update_fields=["heard_at"])
        self.record("heard", by=by, subject=subject.pk, named=names_complainant)

    @verb
    def record_answer(self, *, by: Any, subject: Any, words: str, has_representative: bool = False) -> None:
        """Keep what the person complained about says to it, and whether somebody represents them."""
        self._must_still_be_for(by, "record_answer")
        self._must_be_investigated()
        if subject.heard_at is None:
            raise NotPossible(_("Put the substance to them first."))
        self._say(Exchange.Way.FROM_SUBJECT, words, by=by, subject=subject)
        subject.answered_at = timezone.now()
        subject.save(update_fields=["answered_at"])
        self.record("answer_recorded", by=by, subject=subject.pk, represented=has_representative)

    def _may_be_named(self) -> bool:
        today = timezone.localdate()
        given = self.disclosures.filter(what="identity", withdrawn_at=None)
        return bool(given.filter(Q(until_on=None) | Q(until_on__gte=today)).exists())
