"""Builders: a reporting line, a procedure, and a complaint about Ada, in the invented town.

Ada reports to Sue (supervisor), she to Mo (manager), he to Dee (director), then Dep (deputy CAO) and Cao.
Ines opens the intake from the Clerk's office; Olga opens it when the Clerk's office is meant.
"""

from collections.abc import Sequence
from typing import Any

from townline.accounts.models import Position, Role, User
from townline.catalogue.models import Kind
from townline.channels.models import Channel
from townline.complaints.filing import Filing, file
from townline.complaints.models import Complaint, LadderLevel, Procedure

LINE = [
    ("cao", "cao", "Cam Ochoa"), ("deputy", "deputy_cao", "Dev Quill"), ("director", "director", "Dee Roads"),
    ("manager", "manager", "Mo Roads"), ("supervisor", "supervisor", "Sue Roads"), ("officer", "staff", "Ada Bell"),
]  # fmt: skip
TYPED: dict[str, Any] = {
    "what": "zzcanarywhat they hung up on me",
    "when": "zzcanarywhen 3 November 2026, 2:30 p.m.",
    "who": "zzcanarywho a clerk named Ada",
    "outcome": "zzcanaryoutcome an apology",
    "tried": "zzcanarytried I called twice",
    "name": "Quenby Zzyzxcanary",
    "email": "zzyzx-canary@example.org",
    "phone": "905-555-0147",
    "address": "77 Canaryzz Lane, Bowmanville L1C 9Z9",
}


def person(
    key: str, name: str, position: Position | None, departments: list[Any], grants: Sequence[str] = ("case.read",)
) -> User:
    """A member of staff in this chair, with a role of these grants."""
    user = User.objects.create_user(f"{key}@townline.example", kind=User.Kind.STAFF, name=name, position=position)
    role = Role.objects.create(code=f"role-{key}", name={"en": key}, grants=list(grants))
    user.roles.set([role])
    user.departments.set(departments)
    return user


def a_line(town: Any) -> dict[str, Any]:
    """The reporting line, by code of the chair; Ada sits at its end."""
    people: dict[str, Any] = {}
    above = None
    for code, level, name in LINE:
        above = Position.objects.create(
            code=code, title={"en": code, "fr": code}, department=town.roads, level=level, reports_to=above
        )
        if code == "officer":
            town.ada.position = above
            town.ada.save()
            people[code] = town.ada
        else:
            people[code] = person(code, name, above, [town.roads])
    cao = Position.objects.get(code="cao")
    clerk = Position.objects.create(
        code="clerk", title={"en": "Clerk"}, department=town.front, level="manager", reports_to=cao
    )
    office = Position.objects.create(
        code="office", title={"en": "Office"}, department=town.bylaw, level="manager", reports_to=cao
    )
    people["intake"] = person("intake", "Ina Clerk", clerk, [town.front])
    people["other_intake"] = person("office", "Olga Office", office, [town.bylaw])
    people["overseer"] = person("overseer", "Odette Over", None, [town.front], ["complaint.oversee"])
    people["foi"] = person("foi", "Fay Foi", None, [town.front], ["complaint.foi"])
    return people


def a_procedure(town: Any) -> Procedure:
    """Clarington's six levels, in small."""
    for number, (code, level) in enumerate(
        [("supervisor", "supervisor"), ("manager", "manager"), ("director", "director"), ("deputy", "deputy_cao"),
         ("cao", "cao"), ("ombudsman", "")], 1,
    ):  # fmt: skip
        LadderLevel.objects.create(code=code, number=number, title={"en": code, "fr": code}, held_by=level)
    town.service("complaint", "Formal complaint", Kind.FORMAL_COMPLAINT, town.front, door="voice")
    return Procedure.objects.create(
        code="complaints", name={"en": "Formal complaints"}, is_ladder_adopted=True, window_days=30,
        intake=Position.objects.get(code="clerk"), other_intake=Position.objects.get(code="office"),
    )  # fmt: skip


def a_complaint(town: Any) -> Complaint:
    """About Ada, filed on the portal, at the sealed intake."""
    filing = Filing(about="staff", manner=("rude",), **TYPED)
    return file(filing, by=town.system, channel=Channel.WEB)
