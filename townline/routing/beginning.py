"""How a draft of the rules begins."""

from typing import Any

from django.db import transaction

from townline.accounts.models import Municipality
from townline.routing.models import RuleSet


@transaction.atomic
def begin_draft(*, by: Any) -> RuleSet:
    """The draft there is; else a new one that says what is in force. Two who begin at once get the same."""
    Municipality.objects.select_for_update(no_key=True).first()
    found = RuleSet.objects.filter(is_draft=True).first()
    if found:
        return found
    current = RuleSet.objects.in_force()
    ruleset = RuleSet.objects.create(
        rules=current.rules if current else [],
        based_on=(current.version or 0) if current else 0,
        begun_by=by,
        changed_by=by,
    )
    ruleset.record("begun", by=by, based_on=ruleset.based_on)
    return ruleset
