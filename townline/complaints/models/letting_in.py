"""Who else is let in, and on which ground: emergencies, access requests, consent, disclosure."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.complaints.models.leading import Leading
from townline.complaints.models.people import Disclosure, EmergencyAccess, RecordedRequest
from townline.core.refusals import NotAllowed, NotPossible
from townline.core.verbs import verb
from townline.vault import door


class LettingIn(Leading):
    """Every way into the file besides having the complaint; each is a record and an event."""

    class Meta:
        abstract = True

    @verb
    def open_in_emergency(self, *, by: Any, reason: str, words: str) -> EmergencyAccess:
        """Let somebody in for half an hour, at once; it is told to the responsible people and reviewed."""
        if self.keeps_out(by.pk):
            raise NotAllowed(_("You do not have permission to do this."))
        made: EmergencyAccess = self.emergencies.create(user=by, reason=EmergencyAccess.Reason(reason), words=words)
        self.record("opened_in_emergency", by=by, reason=made.reason, until=made.ends_at.isoformat(), emergency=made.pk)
        return made

    @verb
    def review_emergency(self, *, by: Any, emergency: EmergencyAccess, was_right: bool) -> None:
        """Say whether an emergency access was right; nobody reviews their own."""
        if emergency.reviewed_at:
            raise NotPossible(_("This was reviewed already."))
        if emergency.user_id == by.pk:
            raise NotPossible(_("Nobody reviews their own access."))
        emergency.reviewed_at, emergency.reviewed_by, emergency.was_right = timezone.now(), by, was_right
        emergency.save()
        self.record("emergency_reviewed", by=by, emergency=emergency.pk, was_right=was_right)

    @verb
    def record_request(self, *, by: Any, number: str, until_on: date) -> RecordedRequest:
        """Record the access request that lets the FOI coordinator open the file until it is answered."""
        if until_on < timezone.localdate():
            raise NotPossible(_("The last day is already past."))
        made: RecordedRequest = self.requests.create(user=by, number=number, until_on=until_on)
        self.record("request_recorded", by=by, request=made.pk, until=until_on.isoformat())
        return made

    @verb
    def disclose(self, *, by: Any, ground: str, what: str, to_whom: str, until_on: date | None = None) -> Disclosure:
        """Record that personal information may be given: on which ground, what, until when; to whom is sealed."""
        made: Disclosure = self.disclosures.create(
            ground=Disclosure.Ground(ground), what=Disclosure.What(what), until_on=until_on, by=by
        )
        door.put(self.safe, f"disclosure-{made.pk}", to_whom, by=by)
        self.record("disclosed", by=by, disclosure=made.pk, ground=made.ground, what=made.what)
        return made

    @verb
    def withdraw_consent(self, *, by: Any, disclosure: Disclosure) -> None:
        """The complainant takes the consent back: from now on nothing more is given on it."""
        if disclosure.withdrawn_at or disclosure.ground != Disclosure.Ground.CONSENT:
            raise NotPossible(_("There is no consent here that holds."))
        disclosure.withdrawn_at = timezone.now()
        disclosure.save(update_fields=["withdrawn_at"])
        self.record("consent_withdrawn", by=by, disclosure=disclosure.pk)
