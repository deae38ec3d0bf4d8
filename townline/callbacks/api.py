"""Endpoints of calls that are owed: `POST /api/v1/callbacks/<id>/<verb>`."""

from datetime import datetime

from ninja import Field, Router, Schema

from townline.accounts.keys import KeyedRequest
from townline.callbacks.models import Attempt, Callback
from townline.core.access import fetch

router = Router(tags=["Callbacks"])
NO_NUL = r"^[^\x00]*$"


class CallbackOut(Schema):
    """How a call stands; neither who it is nor the number."""

    id: int
    case: int | None = Field(alias="case_id")
    department: int = Field(alias="department_id")
    language: str
    due_at: datetime
    state: Callback.State
    tries: int


class AttemptIn(Schema):
    """What came of calling."""

    result: Attempt.Result
    words: str = Field(default="", max_length=5000, pattern=NO_NUL)
    seen: int | None = None


class GiveUpIn(Schema):
    """Why nobody calls any more."""

    reason: Callback.Reason


@router.get("/{pk}", response=CallbackOut)
def callback(request: KeyedRequest, pk: int) -> Callback:
    """How a call stands."""
    return fetch(request.auth, Callback, "read", pk=pk)


@router.post("/{pk}/attempt", response=CallbackOut)
def attempt(request: KeyedRequest, pk: int, called: AttemptIn) -> Callback:
    """Note what came of calling."""
    found = fetch(request.auth, Callback, "attempt", pk=pk)
    found.attempt(by=request.auth, result=called.result, words=called.words, seen=called.seen)
    return found


@router.post("/{pk}/give_up", response=CallbackOut)
def give_up(request: KeyedRequest, pk: int, given: GiveUpIn) -> Callback:
    """End it although they were not reached."""
    found = fetch(request.auth, Callback, "give_up", pk=pk)
    found.give_up(by=request.auth, reason=given.reason)
    return found


@router.post("/{pk}/withdraw", response=CallbackOut)
def withdraw(request: KeyedRequest, pk: int) -> Callback:
    """They do not want it any more."""
    found = fetch(request.auth, Callback, "withdraw", pk=pk)
    found.withdraw(by=request.auth)
    return found
