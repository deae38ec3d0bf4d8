"""What a macro does to one case: its effects in words, a rehearsal that leaves nothing behind, and the real thing.

The rehearsal does everything for real, through the same verbs, and takes it
back: so what it shows, words and refusals alike, is what would happen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townline.accounts.models import User
from townline.cases.models import Case, Outcome, Unsent
from townline.cases.templates_at_hand import by_code
from townline.catalogue.models import Priority, Reason
from townline.core.access import may
from townline.core.refusals import NotAllowed, NotPossible, Refusal
from townline.ui.moments import day

if TYPE_CHECKING:
    from townline.macros.models import Macro


@dataclass
class Effect:
    """One thing that a macro does: which verb, in words, with which text, and why it could not be done."""

    verb: str
    about: str
    do: Callable[[], Any]
    text: str = ""
    refusal: str = ""
    is_reached: bool = True


def effects(macro: "Macro", case: Case, by: User) -> Iterator[Effect]:
    """What it does, in order; each is worked out when its turn comes, on the case as it then is."""
    if macro.takes and case.assignee_id != by.pk:
        yield Effect("take", _("You take the case."), lambda: case.take(by=by))
    if macro.priority:
        yield _priority(macro, case, by)
    if macro.note:
        yield _written(case, by, "note", macro.note, _("A note for staff:"), case.note)
    if macro.message:
        yield _written(case, by, "message", macro.message, _("A message to the customer:"), case.message)
    if macro.position:
        yield _assignment(macro, case, by)
    if macro.wait_reason:
        yield _hold(macro, case, by)
    if macro.outcome:
        yield _end(macro, case, by)


def perform(macro: "Macro", case: Case, by: User) -> None:
    """Everything, or nothing: the first refusal ends it."""
    with transaction.atomic():
        for effect in effects(macro, case, by):
            if effect.refusal:
                raise NotPossible(effect.refusal)
            _do(effect, case, by)


def rehearse(macro: "Macro", case: Case, by: User) -> list[Effect]:
    """What would happen, with the exact words and the refusal that would end it; nothing is left behind."""
    shown: list[Effect] = []
    with transaction.atomic():
        is_over = False
        for effect in effects(macro, case, by):
            shown.append(effect)
            effect.is_reached = not is_over
            if not is_over:
                effect.refusal = effect.refusal or _tried(effect, case, by)
                is_over = bool(effect.refusal)
        transaction.set_rollback(True)
    case.refresh_from_db()
    return shown


def digest(shown: list[Effect]) -> str:
    """Stands for what was shown, so that nothing else is done than what was seen."""
    return sha256("\n".join(f"{one.verb} {one.about} {one.text}" for one in shown).encode()).hexdigest()


def _tried(effect: Effect, case: Case, by: User) -> str:
    try:
        with transaction.atomic():
            _do(effect, case, by)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _do(effect: Effect, case: Case, by: User) -> None:
    if not may(by, effect.verb, case):
        raise NotAllowed(_("You do not have permission to do this."))
    effect.do()


def _written(case: Case, by: User, verb: str, code: str, about: str, do: Callable[..., Any]) -> Effect:
    """A note or a message, out of a template in the language of the case."""
    try:
        found = by_code(case, by, verb, code, "" if verb == Unsent.Verb.NOTE else case.language)
    except NotPossible as refusal:
        return Effect(verb, about, lambda: None, refusal=str(refusal))
    more = {} if verb == Unsent.Verb.NOTE else {"language": found.language}
    return Effect(verb, about, lambda: do(by=by, text=found.text, template=found.template, **more), found.text)


def _priority(macro: "Macro", case: Case, by: User) -> Effect:
    priority = Priority(macro.priority)
    about = _("The priority becomes: %(priority)s.") % {"priority": priority.label}
    return Effect("prioritise", about, lambda: case.prioritise(by=by, priority=priority, reason=str(macro.name)))


def _assignment(macro: "Macro", case: Case, by: User) -> Effect:
    holders = list(User.objects.filter(position=macro.position, is_active=True).order_by("id")[:2])
    about = _("The case goes to: %(position)s.") % {"position": macro.position.title if macro.position else ""}
    if len(holders) != 1:
        said = _("Nobody holds this position.") if not holders else _("Several people hold this position.")
        return Effect("assign", about, lambda: None, refusal=said)
    about = _("The case goes to %(name)s.") % {"name": holders[0]}
    return Effect("assign", about, lambda: case.assign(by=by, to=holders[0]))


def _hold(macro: "Macro", case: Case, by: User) -> Effect:
    days = macro.wait_days or 0
    until = timezone.localdate() + timedelta(days=days)
    said = ngettext(
        "On hold for %(days)s day, until %(until)s: %(reason)s.",
        "On hold for %(days)s days, until %(until)s: %(reason)s.",
        days,
    )
    about = said % {"days": days, "until": day(until), "reason": Reason(macro.wait_reason).label}
    return Effect("wait", about, lambda: case.wait(by=by, reason=macro.wait_reason, until_on=until))


def _end(macro: "Macro", case: Case, by: User) -> Effect:
    about = _("The case is closed (%(outcome)s) with these words:") % {"outcome": Outcome(macro.outcome).label}
    try:
        found = by_code(case, by, "close", macro.closing, case.language)
    except NotPossible as refusal:
        return Effect("close", about, lambda: None, refusal=str(refusal))
    return Effect(
        "close",
        about,
        lambda: case.close(
            by=by, outcome=macro.outcome, words=found.text, language=found.language, template=found.template
        ),
        found.text,
    )
