"""The same customer's cases about one thing, brought together; it can be undone."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.cases.models.states import AFTER_ALL, NEVER, Outcome, Status
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges as they are asked for."""

    def live(self) -> "MergeQuerySet":
        """Those that hold."""
        return self.filter(undone_at=None)


class Merge(models.Model):
    """One case that goes on in another, and how it stood before, so that it can be taken out again.

    `clocks` are the promises that the other case took over: each is still
    measured from its own beginning, by its own standard. Steps are not: they
    belong to the work on one case, and are not called for any more.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="merges_in")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    was_open = models.BooleanField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True)
    clocks = models.JSONField(default=list)
    merged_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(undone_at=None), name="merged_into_one")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.into_id}"


class Merging(Moving):
    """Going on in another case, and coming out of it again."""

    class Meta:
        abstract = True

    @verb
    def merge_into(self, *, by: Any, other: Any) -> None:
        """Go on in another open case of the same customer, which answers for both from now on."""
        other = self._held(other)
        self._must_go_together(other)
        was_open = self.status != Status.CLOSED
        before = {"was_open": was_open, "outcome": self.outcome, "closed_at": self.closed_at}
        if self.status == Status.WAITING:
            self._move_to(Status.OPEN)
            self._stop_waiting()
        if was_open:
            self._move_to(Status.CLOSED)
            self.closed_at = timezone.now()
        self.outcome = Outcome.MERGED
        self.due_at, self.due_kind = AFTER_ALL, ""
        self.drop_steps()
        clocks = list(self.clocks.filter(ended_at=None).values_list("pk", flat=True))
        Merge.objects.create(case_id=self.pk, into=other, by=by, clocks=clocks, **before)
        self._with_all_that_went_into(self.pk).update(survivor=other)
        self.survivor = other
        self.save()
        other.take_over_clocks(clocks)
        self.record("merged", by=by, into=other.pk)
        other.record("merged_in", by=by, other=self.pk)

    @verb
    def unmerge(self, *, by: Any) -> None:
        """Come out of the other case: open again if it was, with its promises as they stand now."""
        merge = Merge.objects.live().filter(case_id=self.pk).first()
        if merge is None:
            raise NotPossible(_("This case was not merged into another."))
        other = self._held(self.survivor)
        if merge.was_open:
            self._move_to(Status.OPEN)
            self.due_at = NEVER
        self.outcome, self.closed_at, self.survivor = merge.outcome, merge.closed_at, None
        self._with_all_that_went_into(self.pk).update(survivor=self.pk)
        merge.undone_at = timezone.now()
        merge.save()
        self.save()
        back = list(other.clocks.filter(pk__in=merge.clocks).values_list("pk", flat=True))
        self.take_over_clocks(back)
        other.show_nearest()
        self.record("unmerged", by=by, out_of=other.pk)
        other.record("unmerged_out", by=by, other=self.pk)

    def take_over_clocks(self, clocks: list[int]) -> None:
        """These promises are this case's to keep now; the nearest of all is shown."""
        self.clocks.model.objects.filter(pk__in=clocks).update(case=self)
        self.show_nearest()

    def show_nearest(self) -> None:
        """Write the nearest promise onto the case again."""
        self._show_nearest()
        self.save()

    def _must_go_together(self, other: Any) -> None:
        if other.pk == self.pk or other.survivor_id == self.pk:
            raise NotPossible(_("A case cannot be merged into itself."))
        if self.survivor_id:
            raise NotPossible(_("This case was merged already. Take it out again first."))
        if other.status == Status.CLOSED:
            raise NotPossible(_("%(reference)s is closed. Reopen it first.") % {"reference": other.reference})
        if self.customer is None or other.customer is None or self.customer.standing != other.customer.standing:
            raise NotPossible(
                _("Only cases of the same customer can be merged. Link them, or let the second follow the first.")
            )
        if other.is_confidential != self.is_confidential:
            raise NotPossible(_("A confidential case and one that is not cannot be merged."))
        if self.parent_id or other.parent_id or self.parts.exists():
            raise NotPossible(_("A case with parts, or one that is a part, cannot be merged. Link them instead."))

    def _held(self, other: Any) -> Any:
        """The other case, locked and fresh; whoever is just writing on it comes first."""
        try:
            return type(self)._base_manager.select_for_update(no_key=True, nowait=True).get(pk=other.pk)
        except DatabaseError:
            raise NotPossible(_("Somebody is changing the other case at this moment. Try again.")) from None

    def _with_all_that_went_into(self, pk: int) -> Any:
        """Every case that was merged into this one, directly or by way of others."""
        found: set[int] = set()
        latest = {pk}
        while latest:
            latest = set(Merge.objects.live().filter(into__in=latest).values_list("case_id", flat=True)) - found
            found |= latest
        return type(self)._base_manager.filter(pk__in=found)
