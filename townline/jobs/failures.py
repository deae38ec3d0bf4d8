"""Why a job did not succeed, told without quoting anybody.

An error's text may hold an address or a name (a mail server repeats the
recipient, a database the row), so only its class and its place are kept.
"""

from traceback import walk_tb
from types import FrameType
from typing import NamedTuple

from django.core.exceptions import ObjectDoesNotExist

from townline.jobs.backend import MAX_ATTEMPTS
from townline.jobs.models import Job, Reason

A_DEPLOYMENT = 4


class UnknownTaskError(LookupError):
    """The task a job names is not in this version."""


class MisfitArgumentsError(TypeError):
    """A job's arguments are not those its task takes."""


class Failure(NamedTuple):
    """Why, where, and how many attempts are worth making."""

    reason: Reason
    error_class: str = ""
    error_place: str = ""
    attempts: int = MAX_ATTEMPTS


def failure_of(error: BaseException, job: Job) -> Failure:
    """What to keep of an error.

    A record that is gone does not come back: given up at once. A task or
    arguments that this version does not know are tried for two minutes more,
    because another version may be on its way out.
    """
    reason, attempts = Reason.FAILED, job.max_attempts
    if isinstance(error, UnknownTaskError):
        reason, attempts = Reason.UNKNOWN, A_DEPLOYMENT
    elif isinstance(error, MisfitArgumentsError):
        reason, attempts = Reason.MISFIT, A_DEPLOYMENT
    elif isinstance(error, ObjectDoesNotExist):
        reason, attempts = Reason.GONE, 1
    elif isinstance(error, OSError):
        reason = Reason.UNREACHABLE
    kind = type(error)
    return Failure(reason, f"{kind.__module__}.{kind.__qualname__}"[:200], place_of(error)[:300], attempts)


def place_of(error: BaseException) -> str:
    """The deepest of our own lines, below the worker's, that the error passed through."""
    ours = [(frame, line) for frame, line in walk_tb(error.__traceback__) if _is_work(frame)]
    for frame, line in ours[-1:]:
        return f"{frame.f_globals['__name__']}, line {line}, in {frame.f_code.co_qualname}"
    return ""


def _is_work(frame: FrameType) -> bool:
    module = str(frame.f_globals.get("__name__", ""))
    return module.startswith("townline.") and module != "townline.jobs.worker"
