"""On which ground somebody opens the safe of a complaint: one page, nothing else opens one.

- an active assignment at the current level, in a position of supervisor or above, for the work on it;
- at intake, the position that the procedure names, to send it on;
- a recorded access request, for the FOI coordinator it was recorded by;
- an emergency access of the last half hour;
- a package that they released to the Ombudsman on a recorded consent or request, for a week, to hand it over;
- Townline itself, to deliver what is addressed to the complainant, and to show complainants their own.

Never: rank, department, role, superuser; nobody complained about, nor who reports to them, and no witness.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from townline.complaints.ladder import RANKS
from townline.complaints.models import Assignment, Complaint
from townline.vault.grounds import keeps

INTAKE, INVESTIGATE, ACCESS_REQUEST, EMERGENCY = "intake", "investigate", "access_request", "emergency"
DELIVER, OWN, OMBUDSMAN = "deliver", "own", "ombudsman"
KIND, DRAFT = "complaint", "complaint_draft"

PURPOSES: dict[str, Any] = {
    INTAKE: _l("To send it to who must investigate"),
    INVESTIGATE: _l("To investigate and decide it"),
    ACCESS_REQUEST: _l("To answer a request under MFIPPA"),
    EMERGENCY: _l("In an emergency"),
    DELIVER: _l("To send you a message"),
    OWN: _l("To show you what is yours"),
    OMBUDSMAN: _l("To give the file to the Ombudsman"),
}


@keeps(KIND)
def ground_for_complaint(safe: Any, user: Any, purpose: str) -> str:
    """The ground on which this user may open this complaint for this purpose; empty when there is none."""
    complaint = Complaint.objects.filter(safe=safe).first()
    if complaint is None:
        return ""
    if user.kind == user.Kind.SYSTEM:
        return (
            _released(complaint) if purpose == OMBUDSMAN else {DELIVER: "delivery", OWN: "complainant"}.get(purpose, "")
        )
    return grounds_of(complaint, user, [purpose]).get(purpose, "")


def grounds_of(complaint: Complaint, user: Any, purposes: Iterable[str]) -> dict[str, str]:
    """For which of these purposes this member of staff may open the complaint now, each with its ground."""
    if user.kind != user.Kind.STAFF or not user.is_active:
        return {}
    if complaint.keeps_out(user.pk):
        return {}
    asked = {
        INTAKE: _at_intake, INVESTIGATE: _assigned, ACCESS_REQUEST: _requested, EMERGENCY: _in_emergency,
        OMBUDSMAN: _hands_over,
    }  # fmt: skip
    found = {purpose: asked[purpose](complaint, user) for purpose in purposes if purpose in asked}
    return {purpose: ground for purpose, ground in found.items() if ground}


@keeps(DRAFT)
def ground_for_draft(safe: Any, user: Any, purpose: str) -> str:
    """A draft is opened by the page that goes on with it, for the browser that began it."""
    return "draft" if purpose == OWN else ""


def _at_intake(complaint: Complaint, user: Any) -> str:
    mine = complaint.assignments.active().filter(user=user, role=Assignment.Role.INTAKE)
    return "intake" if mine.exists() else ""


def _assigned(complaint: Complaint, user: Any) -> str:
    mine = complaint.assignments.active().filter(
        user=user, role=Assignment.Role.INVESTIGATOR, level=complaint.level, position__level__in=RANKS[1:]
    )
    return "assignment" if mine.exists() else ""


def _requested(complaint: Complaint, user: Any) -> str:
    mine = complaint.requests.filter(user=user, until_on__gte=timezone.localdate())
    return "access_request" if mine.exists() else ""


def _in_emergency(complaint: Complaint, user: Any) -> str:
    now = timezone.now()
    mine = complaint.emergencies.filter(Q(at__lte=now) & Q(ends_at__gt=now), user=user)
    return "emergency" if mine.exists() else ""


def _released(complaint: Complaint) -> str:
    """Is there a package to be made for the office outside?"""
    return "release" if complaint.packages.filter(variant="ombudsman", sealed_at=None).exists() else ""


def _hands_over(complaint: Complaint, user: Any) -> str:
    mine = complaint.packages.filter(variant="ombudsman", by=user).select_related("disclosure")
    return "release" if any(one.can_be_handed_over for one in mine) else ""
