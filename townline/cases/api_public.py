"""Endpoints that hide a case from the public and show it again: `POST /api/v1/cases/<reference>/<verb>`."""

from ninja import Router, Schema

from townline.accounts.keys import KeyedRequest
from townline.cases.api import CaseOut, Text, case_for
from townline.cases.models import Case, Hiding

router = Router(tags=["Cases"])


class HidingIn(Schema):
    """Why, and the words for whoever reported it."""

    reason: Hiding.Reason
    words: str = Text


@router.post("/{reference}/hide", response=CaseOut)
def hide(request: KeyedRequest, reference: str, hiding: HidingIn) -> Case:
    """Let the public hear no more of a case; whoever reported it sees that, and why."""
    case = case_for(request, "hide", reference)
    case.hide(by=request.auth, **hiding.model_dump())
    return case


@router.post("/{reference}/show_again", response=CaseOut)
def show_again(request: KeyedRequest, reference: str, showing: HidingIn) -> Case:
    """Let the public hear of a hidden case again."""
    case = case_for(request, "show_again", reference)
    case.show_again(by=request.auth, **showing.model_dump())
    return case
