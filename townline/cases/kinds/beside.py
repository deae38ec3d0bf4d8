"""What stands beside a case because of its kind: how it was filed before, where it was sent, what became of it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from townline.cases.beside import Inner, as_moment, stands_beside
from townline.cases.models import Case, FormalWish, Passing, Redirection, Refiling
from townline.catalogue.bodies import FORMAL_COMPLAINT
from townline.catalogue.models import Body, Kind
from townline.channels.models import Channel
from townline.questions.definition import Definition
from townline.questions.summary import summary

PLAIN = {"willing_to_give_evidence", "fire_evidence", "testify", "relation_to_property", "relation"}
"""The questions of a by-law complaint whose answers an officer needs first."""


@stands_beside(
    "refilings",
    before=Inner("before__name"), kind="kind_before", definition=Inner("form_version__definition"),
    answers=Inner("answers"), at="at", order="id",
)  # fmt: skip
def _refilings(case: Any, user: Any) -> "QuerySet[Any]":
    """How it was filed before."""
    return Refiling.objects.filter(case=case)


@stands_beside("redirections", name=Inner("body__name"), reach=Inner("body__reach"))
def _redirections(case: Any, user: Any) -> "QuerySet[Any] | None":
    """To whom the customer was sent."""
    return Redirection.objects.filter(case=case) if case.is_closed else None


@stands_beside("formal_wish", said_on="said_on", channel="channel")
def _formal_wish(case: Any, user: Any) -> "QuerySet[Any] | None":
    """That the customer wants a formal complaint."""
    return FormalWish.objects.filter(case=case) if case.kind == Kind.COMPLAINT else None


@stands_beside("how_to_file", name=Inner("name"), reach=Inner("reach"), say=Inner("say"))
def _how_to_file(case: Any, user: Any) -> "QuerySet[Any] | None":
    """How a formal complaint is filed."""
    return Body.objects.filter(code=FORMAL_COMPLAINT) if case.kind == Kind.COMPLAINT else None


@stands_beside(
    "passing",
    about="about", department=Inner("department__name"), person="person__name", service=Inner("service__name"),
    facility=Inner("facility__name"),
)  # fmt: skip
def _passing(case: Any, user: Any) -> "QuerySet[Any] | None":
    """To whom a compliment went."""
    return Passing.objects.filter(case=case) if case.kind == Kind.COMPLIMENT else None


def of_its_kind(case: Case, stands: dict[str, list[dict[str, Any]]], answers: Any) -> dict[str, Any]:
    """What the page shows for the kind of this case."""
    wish = next(iter(stands["formal_wish"]), None)
    passing = next(iter(stands["passing"]), None)
    return {
        "refilings": [_as_shown(row) for row in sorted(stands["refilings"], key=lambda row: row["order"])],
        "redirections": stands["redirections"],
        "formal_wish": wish
        and wish | {"channel": Channel(wish["channel"]).label, "said_on": parse_date(wish["said_on"])},
        "how_to_file": next(iter(stands["how_to_file"]), None),
        "passing": passing and passing | {"about": Passing.About(passing["about"]).label},
        "plain_facts": _plain_facts(case, answers),
        "is_bylaw_complaint": case.kind == Kind.BYLAW_COMPLAINT,
    }


def _plain_facts(case: Case, answers: Any) -> list[Any]:
    """Whether a complainant would give evidence, and how they stand to the property: shown first, in so many words."""
    if case.kind != Kind.BYLAW_COMPLAINT:
        return []
    rows = [row for section in answers for row in section.rows if row.is_answered]
    return [row for row in rows if row.question_id in PLAIN]


def _as_shown(row: dict[str, Any]) -> dict[str, Any]:
    definition = Definition.model_validate(row["definition"]) if row["definition"] else None
    sections = summary(definition, row["answers"], for_staff=True) if definition else []
    title = _("What was answered as “%(service)s”") % {"service": row["before"]}
    return row | {"title": title, "kind": Kind(row["kind"]).label, "at": as_moment(row["at"]), "sections": sections}
