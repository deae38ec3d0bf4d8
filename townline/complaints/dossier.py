"""A complaint's whole file as data: what the package holds, for the complainant or for the Ombudsman.

In the complainant's copy third parties are masked: what was put to those
complained about, what they said, notes, reasons for the file and what staff
collected are listed as withheld, with why. What was sent to the complainant
stands as it was sent. The Ombudsman's copy withholds nothing: the office outside
may look into every step, so that copy needs all texts of the safe. They are read
in one opening with one event, under the ground that is recorded for it, and each
file that is enclosed is an opening of its own.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.accounts.models import Municipality, User
from townline.complaints.keeper import OMBUDSMAN, OWN
from townline.complaints.models import Complaint, Exchange, LadderLevel, OutsideOffice, Package, Procedure, Remedy
from townline.complaints.own import TOLD, openings_of
from townline.complaints.sources import sources_of
from townline.vault import door

FORMAT, VERSION = "townline-complaint-package", 1
FILED = ("what", "when", "who", "outcome", "tried", "name", "email", "phone", "address")


class Dossier:
    """One package's content, gathered in one opening of the safe."""

    def __init__(self, package: Package) -> None:
        self.package, self.complaint = package, package.complaint
        self.is_full = package.variant == Package.Variant.OMBUDSMAN
        self.purpose = OMBUDSMAN if self.is_full else OWN
        self.opened, self.titles = door.reveal_with_titles(
            self.complaint.safe, by=User.objects.system(), purpose=self.purpose
        )
        self.words = {one.name: one.text for one in self.opened}
        self.newest = door.latest(self.opened)
        self.withheld: list[dict[str, str]] = []

    def as_data(self, files: list[dict[str, Any]]) -> dict[str, Any]:
        """Everything, in the complainant's language; `files` are those that lie in the package."""
        complaint = self.complaint
        with override(complaint.case.language):
            found = {
                "format": FORMAT,
                "version": VERSION,
                "variant": self.package.variant,
                "made_at": _at(self.package.at),
                "language": complaint.case.language,
                "municipality": _municipality(),
                "office": _office(),
                "procedure": _procedure(),
                "complaint": self._complaint(),
                "levels": self._levels(),
                "correspondence": self._correspondence(),
                "reasons": self._reasons(),
                "before": self._before(),
                "files": files,
                "disclosures": self._disclosures(),
                "openings": self._openings(),
            }
            return {**found, "withheld": self.withheld}

    def may_hold(self, evidence: Any) -> bool:
        """Is a piece of evidence given in this copy?"""
        return self.is_full or evidence.is_from_complainant

    def withhold(self, what: object, why: object) -> None:
        """Say that something is not in this copy, and why."""
        self.withheld.append({"what": str(what), "why": str(why)})

    def _complaint(self) -> dict[str, Any]:
        complaint = self.complaint
        case = complaint.case
        found: dict[str, Any] = {
            "reference": case.reference,
            "received_at": _at(case.received_at),
            "channel": str(case.get_channel_display()),
            "about": str(complaint.get_about_display()),
            "manner": [str(Complaint.Manner(one).label) for one in complaint.manner],
            "service": str(complaint.about_service.name) if complaint.about_service else "",
            "stage": str(complaint.get_stage_display()),
            "filed": {name: self.newest[name] for name in FILED if name in self.newest},
        }
        if self.is_full:
            found["people"] = [str(one.user) for one in complaint.subjects.select_related("user")]
        return found

    def _levels(self) -> list[dict[str, Any]]:
        """Each level that had it: which position, from when to when, and what it decided."""
        turns = self.complaint.assignments.filter(role="investigator").select_related("position").order_by("pk")
        made = {one.level: one for one in self.complaint.decisions.select_related("position")}
        return [
            {
                "level": turn.level,
                "position": str(turn.position.title),
                "from": _at(turn.from_at),
                "until": _at(turn.until_at),
                "decision": self._decision(made.get(turn.level)),
                "asked_further": self._asked_further(turn.level),
            }
            for turn in turns
        ]

    def _asked_further(self, level: int) -> str:
        """Why it went up; what staff wrote of it is for the file."""
        theirs = {one.field for one in self.opened if one.by_id == User.objects.system().pk}
        name = f"escalation-{level}"
        return self.newest.get(name, "") if self.is_full or name in theirs else ""

    def _decision(self, decision: Any) -> dict[str, Any] | None:
        if decision is None:
            return None
        return {
            "at": _at(decision.at),
            "finding": str(decision.get_finding_display()),
            "remedies": [str(Remedy(one).label) for one in decision.remedies],
            "letter": self.words.get(decision.letter, ""),
            "window_until": decision.window_until.isoformat() if decision.window_until else "",
        }

    def _correspondence(self) -> list[dict[str, Any]]:
        said = self.complaint.exchanges.select_related("subject__user", "by")
        return [self._exchange(one) for one in said]

    def _exchange(self, one: Exchange) -> dict[str, Any]:
        found: dict[str, Any] = {"at": _at(one.at), "level": one.level, "what": str(one.get_way_display())}
        if self.is_full or one.way in TOLD:
            found["words"] = self.words.get(one.name, "")
        else:
            found["words"] = None
            self.withhold(one.get_way_display(), _("It holds what concerns other people, or was written for the file."))
        if self.is_full and one.subject:
            found["person"] = str(one.subject.user)
        return found

    def _reasons(self) -> dict[str, str]:
        found = {
            name.removeprefix("reasons-"): text for name, text in self.newest.items() if name.startswith("reasons-")
        }
        if found and not self.is_full:
            self.withhold(
                _("Reasons for the file"), _("They hold what concerns other people; the letters give the reasons.")
            )
            return {}
        return found

    def _before(self) -> list[dict[str, Any]]:
        """What was said before it was a formal complaint."""
        found = sources_of(self.opened)
        if found and not self.is_full:
            self.withhold(
                _("What was said before it was formal"), _("Ask for it: it may hold what concerns other people.")
            )
            return []
        return [{"at": _at(one.at), "what": str(one.title), "who": one.who, "words": one.words} for one in found]

    def _disclosures(self) -> list[dict[str, Any]]:
        return [
            {
                "ground": str(one.get_ground_display()),
                "what": str(one.get_what_display()),
                "to": self.newest.get(f"disclosure-{one.pk}", ""),
                "at": _at(one.at),
                "until": one.until_on.isoformat() if one.until_on else "",
                "withdrawn_at": _at(one.withdrawn_at),
                "released_at": _at(one.released_at),
            }
            for one in self.complaint.disclosures.all()
        ]

    def _openings(self) -> list[dict[str, Any]]:
        return [
            {
                "at": _at(one.at),
                "position": one.position,
                "what": one.what,
                "why": one.why,
                "by_itself": one.is_by_itself,
            }
            for one in openings_of(self.complaint)
        ]


def _municipality() -> dict[str, str]:
    found = Municipality.objects.first()
    if found is None:
        return {}
    return {"name": str(found.name), "address": found.address, "phone": found.phone, "email": found.email}


def _office() -> dict[str, str]:
    found = OutsideOffice.objects.on(timezone.localdate())
    if found is None:
        return {}
    return {"name": str(found.name), "address": found.address, "phone": found.phone, "website": found.website}


def _procedure() -> dict[str, Any]:
    found = Procedure.objects.first()
    steps: list[Mapping[str, Any]] = [
        {"level": one.number, "title": str(one.title), "is_outside": one.is_outside}
        for one in LadderLevel.objects.all()
    ]
    return {"name": str(found.name), "policy": found.policy, "levels": steps} if found else {}


def _at(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
