"""Endpoints of a case: `POST /api/v1/cases/<reference>/<verb>`."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Field, Router, Schema

from townline.cases.forms import LONGEST
from townline.cases.models import NEVER, Case, Outcome, Status
from townline.core.access import fetch

router = Router(tags=["Cases"])


class CaseOut(Schema):
    """A case as another system sees it; who the customer is, is not part of it."""

    reference: str
    kind: str
    subject: str
    status: Status
    outcome: Outcome | None
    department: str
    received_at: datetime
    due_at: datetime | None

    @staticmethod
    def resolve_outcome(case: Case) -> str | None:
        """None while it is open."""
        return case.outcome or None

    @staticmethod
    def resolve_department(case: Case) -> str:
        """The code of the department."""
        return case.department.code

    @staticmethod
    def resolve_due_at(case: Case) -> datetime | None:
        """None when no promise is running."""
        return case.due_at if case.due_at < NEVER else None


class CloseIn(Schema):
    """How it ended, and what the customer is told."""

    outcome: Outcome
    words: str = Field(min_length=1, max_length=LONGEST)


@router.post("/{reference}/close", response=CaseOut)
def close(request: HttpRequest, reference: str, closing: CloseIn) -> Case:
    """Finish a case with an outcome and words for the customer."""
    case = fetch(request.auth, Case, "close", reference=reference)  # type: ignore[attr-defined]
    case.close(by=request.auth, **closing.model_dump())  # type: ignore[attr-defined]
    return case
