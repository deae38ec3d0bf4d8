"""The steps of a case as its page shows them: what was done, and what usually comes next."""

from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_date

from townline.cases.beside import Inner, as_moment, stands_beside
from townline.cases.models import Case, CaseStep
from townline.catalogue.models import Step
from townline.core.localized import Localized

MOST = 60
"""Steps shown on the page of a case, the latest ones."""


@stands_beside(
    "steps",
    code="step__code", name=Inner("step__name"), asks=Inner("step__asks"), by="by__name", at="at",
    on="on", amount="amount", number="number", choice="choice", order="id",
)  # fmt: skip
def _done(case: Any, user: Any) -> "QuerySet[Any]":
    """What was done so far."""
    newest = CaseStep.objects.filter(case=case).order_by("-id").values("pk")[:MOST]
    return CaseStep.objects.filter(pk__in=newest)


@stands_beside(
    "step_catalogue",
    code="code", name=Inner("name"), order="order", is_first="is_first", followed_by=Inner("followed_by"),
    leads_to="leads_to",
)  # fmt: skip
def _catalogue(case: Any, user: Any) -> "QuerySet[Any]":
    """What can be done on a case like this."""
    return Step.objects.of(case.service)


def steps_of(stands: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What was done, in order, and what usually comes next, the expected step first."""
    known = sorted(stands["step_catalogue"], key=lambda row: (row["order"], row["code"]))
    done = [_as_shown(row) for row in sorted(stands["steps"], key=lambda row: row["order"])]
    last = next((row for row in known if done and row["code"] == done[-1]["code"]), None)
    if last is None:
        following = [row for row in known if row["is_first"]]
    else:
        following = [row for row in known if not last["followed_by"] or row["code"] in last["followed_by"]]
    following.sort(key=lambda row: last is None or row["code"] != last["leads_to"])
    return {"has_steps": bool(known or done), "steps_done": done, "steps_next": following}


def _as_shown(row: dict[str, Any]) -> dict[str, Any]:
    chosen = {one["code"]: Localized(one["label"]) for ask in row["asks"] for one in ask.get("options", [])}
    labels = {ask["ask"]: Localized(ask["label"]) for ask in row["asks"]}
    return row | {
        "at": as_moment(row["at"]),
        "on": parse_date(row["on"]) if row["on"] else None,
        "chosen": chosen.get(row["choice"]),
        "labels": labels,
    }


def offered(case: Case) -> tuple[list[Step], list[Step]]:
    """The steps that usually come now, and the others."""
    last = case.steps.select_related("step").order_by("-id").first()
    before = last.step if last else None
    known = list(Step.objects.of(case.service))
    usual = [step for step in known if step.usually_follows(before)]
    usual.sort(key=lambda step: before is None or step.code != before.leads_to)
    return usual, [step for step in known if step not in usual]
