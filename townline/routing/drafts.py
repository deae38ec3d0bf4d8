"""Editing the list of rules: a draft that is changed step by step, and published whole."""

import re
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.routing.rules import MANY, Rule

Written = dict[str, Any]


class Drafted(models.Model):
    """What can be done to a draft of the rules. `seen` is the state of it that whoever does it had before them."""

    if TYPE_CHECKING:
        rules: Any
        changes: Any
        changed_by: Any
        is_draft: Any
        version: Any
        based_on: Any
        published_at: Any
        record: Any

    class Meta:
        abstract = True

    @verb
    def add(self, *, by: Any, seen: int, rule: Written) -> str:
        """Put a rule at the end of the list; returns its code."""
        self._must_be_as_seen(seen)
        if len(self.rules) >= MANY:
            raise NotPossible(_("A list has %(count)s rules at most. Take one away first.") % {"count": MANY})
        code = self._free_code()
        self._keep([*self.rules, _checked({**rule, "code": code})], by)
        self.record("extended", by=by, rule=code)
        return code

    @verb
    def change(self, *, by: Any, seen: int, code: str, rule: Written) -> None:
        """Put another rule in the place of this one; it keeps its code and its place."""
        self._must_be_as_seen(seen)
        at = self._place_of(code)
        before = self.rules[at]
        changed = _checked({**before, **rule, "code": code})
        self._keep([*self.rules[:at], changed, *self.rules[at + 1 :]], by)
        self.record("changed", by=by, rule=code)

    @verb
    def move(self, *, by: Any, seen: int, code: str, up: bool) -> None:
        """Move a rule one place up or down; whichever holds first decides."""
        self._must_be_as_seen(seen)
        at = self._place_of(code)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(self.rules):
            raise NotPossible(_("The rule is at the end of the list already."))
        rules = list(self.rules)
        rules[at], rules[to] = rules[to], rules[at]
        self._keep(rules, by)
        self.record("reordered", by=by, rule=code, place=to + 1)

    @verb
    def switch(self, *, by: Any, seen: int, code: str) -> None:
        """Switch a rule off, or on again; it stays in the list."""
        self._must_be_as_seen(seen)
        at = self._place_of(code)
        is_active = not self.rules[at].get("is_active", True)
        changed = _checked({**self.rules[at], "is_active": is_active})
        self._keep([*self.rules[:at], changed, *self.rules[at + 1 :]], by)
        self.record("switched", by=by, rule=code, on=is_active)

    @verb
    def remove(self, *, by: Any, seen: int, code: str) -> None:
        """Take a rule out of the list; the versions it was in keep it."""
        self._must_be_as_seen(seen)
        at = self._place_of(code)
        self._keep([*self.rules[:at], *self.rules[at + 1 :]], by)
        self.record("shortened", by=by, rule=code)

    @verb
    def publish(self, *, by: Any, seen: int) -> None:
        """Put the list in force for what comes in from now on, as a new version."""
        self._must_be_as_seen(seen)
        newest = type(self).objects.newest_version()  # type: ignore[attr-defined]
        if newest != self.based_on:
            raise NotPossible(
                _("Version %(version)s came into force since this draft was begun. Discard it, and begin from there.")
                % {"version": newest}
            )
        self.version, self.is_draft, self.published_at = newest + 1, False, timezone.now()
        self.save()
        self.record("published", by=by, version=self.version, rules=len(self.rules))

    @verb
    def discard(self, *, by: Any, seen: int) -> None:
        """Throw the draft away; what is in force stays."""
        self._must_be_as_seen(seen)
        type(self)._base_manager.filter(pk=self.pk).delete()
        self.record("discarded", by=by)

    def _must_be_as_seen(self, seen: int) -> None:
        """Of two who edit at once, the second is told who was first."""
        if not self.is_draft:
            raise NotPossible(_("This version is in force and stays as it is. Begin a draft."))
        if seen != self.changes:
            raise NotPossible(
                _("%(name)s has changed the rules since you opened the page. Look at the list as it is now.")
                % {"name": self.changed_by}
            )

    def _keep(self, rules: list[Written], by: Any) -> None:
        self.rules = rules
        self.changes += 1
        self.changed_by = by
        self.save()

    def _place_of(self, code: str) -> int:
        for at, rule in enumerate(self.rules):
            if rule["code"] == code:
                return at
        raise NotPossible(_("There is no such rule in this draft any more."))

    def _all_lists(self) -> Any:
        rows: Any = type(self)._base_manager.all()
        return rows.values_list("rules", flat=True)

    def _free_code(self) -> str:
        """One that no rule here has, nor had in a version before: a kept decision names its rule by it."""
        used = [rule["code"] for kept in self._all_lists() for rule in kept]
        numbers = [int(found[1]) for code in used if (found := re.fullmatch(r"rule-(\d{1,9})", code))]
        return f"rule-{max(numbers, default=0) + 1}"


def _checked(rule: Written) -> Written:
    return Rule.model_validate(rule).as_json()
