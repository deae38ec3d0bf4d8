"""Doing one verb to many cases, in the worker: one after the other, each once, whatever happens.

What came of a case is written in the transaction of its verb. A worker that is
killed leaves a step either done and noted, or neither; the next one goes on.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import Error, transaction
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from townline.accounts.models import User
from townline.cases.models import Case
from townline.core.access import fetch
from townline.core.refusals import Refusal
from townline.desk.models import BulkAction, BulkStep
from townline.routing.models import Queue

logger = logging.getLogger(__name__)

Doing = Callable[[Case, BulkAction], Any]


def _queue(asked: BulkAction) -> Queue:
    return Queue.objects.select_related("department").get(pk=asked.given["queue"])


DOINGS: dict[str, Doing] = {
    "take": lambda case, asked: case.take(by=asked.by),
    "assign": lambda case, asked: case.assign(by=asked.by, to=User.objects.get(pk=asked.given["to"])),
    "hand_over": lambda case, asked: case.hand_over(by=asked.by, queue=_queue(asked), reason=asked.text),
    "prioritise": lambda case, asked: case.prioritise(by=asked.by, priority=asked.given["priority"], reason=asked.text),
    "note": lambda case, asked: case.note(by=asked.by, text=asked.text),
    "close": lambda case, asked: case.close(by=asked.by, outcome=asked.given["outcome"], words=asked.text),
    "reopen": lambda case, asked: case.reopen(by=asked.by),
}


def begin(cases: list[int], *, by: User, verb: str, text: str = "", **given: Any) -> BulkAction:
    """Write it down and queue it, together."""
    with transaction.atomic():
        asked = BulkAction.begin(cases, by=by, verb=verb, text=text, **given)
        carry_out.enqueue(action_id=asked.pk)
    return asked


@task()
def carry_out(action_id: int) -> None:
    """Go on with a bulk action until every case has had its turn, or somebody stops it."""
    asked = BulkAction.objects.select_related("by").get(pk=action_id)
    with translation.override(asked.by.language):
        while asked.is_running and (
            step := asked.steps.filter(state=BulkStep.State.WAITING).order_by("number").first()
        ):
            take_step(step, asked)
            asked.refresh_from_db(fields=["state"])
    if asked.is_running:
        asked.finish(by=User.objects.system())


def take_step(step: BulkStep, asked: BulkAction) -> None:
    """Do the verb to one case, and write down what came of it; both or neither."""
    with transaction.atomic():
        held = BulkStep.objects.select_for_update(no_key=True).get(pk=step.pk)
        if held.state != BulkStep.State.WAITING:
            return
        held.reason = _attempt(held, asked)
        held.state = BulkStep.State.REFUSED if held.reason else BulkStep.State.DONE
        held.save()


def _attempt(step: BulkStep, asked: BulkAction) -> str:
    """Do it; the reason when it was refused. Whatever a refused verb wrote is gone again."""
    try:
        with transaction.atomic():
            DOINGS[asked.doing](fetch(asked.by, Case, asked.doing, pk=step.case_id), asked)
    except Http404:
        return _("You may not see this case any more.")
    except Refusal as refusal:
        return str(refusal)[:300]
    except Error:
        raise
    except Exception as error:
        logger.warning("Bulk action %s, step %s: %s", asked.pk, step.number, type(error).__name__)
        return _("It met an error that this version of Townline does not expect.")
    return ""
