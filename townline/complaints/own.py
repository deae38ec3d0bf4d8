"""A complainant's own complaint: proving that it is theirs, and what they are shown of it."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.cases.places import postal_code
from townline.complaints.keeper import KIND, OWN, PURPOSES
from townline.complaints.models import Complaint, ComplaintDraft, Exchange
from townline.complaints.policy import Complainant
from townline.customers.models import ContactPoint
from townline.timeline.models import Event
from townline.vault import door

TOLD = (Exchange.Way.TO_COMPLAINANT, Exchange.Way.FROM_COMPLAINANT)
MOST = 50


@dataclass(frozen=True)
class Said:
    """One message to or from the complainant, or the letter of a decision."""

    at: datetime
    words: str
    is_theirs: bool
    title: str


@dataclass(frozen=True)
class Opening:
    """That somebody opened the file: when, which position, why, and whether it was what is written or a document.

    `is_by_itself` when it was Townline, to print and send what is addressed to the complainant.
    """

    at: datetime
    position: str
    why: str
    what: str
    is_by_itself: bool = False


def proves(complaint: Complaint, proof: str) -> bool:
    """Is this the e-mail address, phone number or postal code that was given with the complaint?"""
    tried = [
        ("email", ContactPoint.key_of("email", proof)),
        ("phone", ContactPoint.key_of("phone", proof)),
        ("postal", postal_code(proof) or ""),
    ]
    # All three are asked, whichever fits: the time tells a stranger nothing.
    answers = [door.traced(kind, [value]).filter(pk=complaint.safe_id).exists() for kind, value in tried]
    return True in answers


def admit(session: MutableMapping[str, Any], complaint: Complaint) -> None:
    """Let this browser follow the complaint; the newest twenty are kept."""
    known = [pk for pk in session.get("complaints", []) if pk != complaint.pk]
    session["complaints"] = [*known, complaint.pk][-20:]


def complainant_of(request: HttpRequest) -> Complainant:
    """Whose complaints this browser has proved to know, began itself, or owns by its account's confirmed addresses."""
    ids = set(request.session.get("complaints", []))
    if key := request.session.get("drafter"):
        sent = ComplaintDraft.objects.filter(session_key=key, complaint__isnull=False)
        ids |= set(sent.values_list("complaint", flat=True))
    return Complainant(frozenset(ids | owned_by(request.user)))


def owned_by(user: Any) -> set[int]:
    """The complaints that an account finds: by its confirmed addresses and by itself, through keyed digests."""
    if not user.is_authenticated or not user.is_customer:
        return set()
    emails = [ContactPoint.key_of("email", one) for one in user.verified_addresses]
    safes = [*door.traced("account", [str(user.pk)]), *door.traced("email", emails)]
    found = Complaint.objects.filter(safe__in=[safe.pk for safe in safes if safe.kind == KIND])
    return set(found.values_list("pk", flat=True))


def story_for(complaint: Complaint) -> dict[str, Any]:
    """What its complainant is shown: where it stands, what was said and decided, and every opening of it."""
    opened, titles = door.reveal_with_titles(complaint.safe, by=User.objects.system(), purpose=OWN)
    words = {one.name: one.text for one in opened}
    said = [
        Said(one.at, words.get(one.name, ""), one.way == Exchange.Way.FROM_COMPLAINANT, _title(one.way))
        for one in complaint.exchanges.filter(way__in=TOLD)
    ]
    openings = openings_of(complaint)
    given = list(complaint.disclosures.filter(what="file"))
    decisions = list(complaint.decisions.select_related("position"))
    return {
        "said": said,
        "decisions": [(one, words.get(one.letter, "")) for one in decisions],
        "letters": list(complaint.letters.all()),
        "packages": list(complaint.packages.filter(variant="own")),
        "given": given,
        "has_consented": any(one.is_consent_in_force and one.holds_for("file") for one in given),
        "evidence": [(one, titles[one.name]) for one in complaint.evidence.filter(is_from_complainant=True)],
        "openings": [one for one in openings if not one.is_by_itself],
        "openings_by_itself": [one for one in openings if one.is_by_itself],
        "clocks": list(complaint.case.clocks.filter(ended_at=None, due_at__isnull=False).order_by("due_at")),
        "level": complaint.ladder_level,
        "can_go_up": complaint.can_go_up,
        "is_late": complaint.is_window_over or complaint.case.is_closed,
        "today": timezone.localdate(),
    }


def _title(way: str) -> str:
    return _("You wrote") if way == Exchange.Way.FROM_COMPLAINANT else _("We wrote")


def openings_of(complaint: Complaint) -> list[Opening]:
    """Who opened the file, newest first: by position, never by name; what is shown to its owner is left out."""
    events = Event.objects.filter(case_id=complaint.case_id, name="safe.revealed").select_related("by__position")
    found = [event for event in events.order_by("-id")[:500] if event.details["purpose"] != OWN]
    return [
        Opening(
            event.at,
            str(event.by.position.title) if event.by.position else _("Townline"),
            str(PURPOSES[event.details["purpose"]]),
            _("A document") if event.details.get("fields") == ["files"] else _("What is written"),
            event.by.kind == User.Kind.SYSTEM,
        )
        for event in found[:MOST]
    ]
