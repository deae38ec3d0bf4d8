"""A matter that several departments work on: one case for the customer, and one inside for each of them."""

from collections.abc import Sequence
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Department, Municipality
from townline.cases.models.moves import Moving
from townline.core.references import make
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.routing.models import Queue


class Parting(Moving):
    """Handing parts of a case to other departments; the case itself goes on answering the customer."""

    class Meta:
        abstract = True

    @verb
    def split(self, *, by: Any, departments: Sequence[Department], text: str) -> list[Any]:
        """Ask each of these departments for its part, in a case of its own that the customer does not see."""
        self._must_still_be_for(by, "split")
        self._must_be_open()
        if self.parent_id:
            raise NotPossible(_("This case is itself a part of another. Split that one."))
        asked = set(self.parts.exclude(status="closed").values_list("department_id", flat=True))
        for department in departments:
            if department.pk in asked:
                raise NotPossible(
                    _("%(department)s has an open part of this case already.") % {"department": department}
                )
        made = [self._part_for(department, by, text) for department in departments]
        self.save()
        self.record("split", by=by, parts=[part.pk for part in made], departments=[one.pk for one in departments])
        return made

    def _part_for(self, department: Department, by: Any, text: str) -> Any:
        part = self.beginning(department, parent=self, received_at=timezone.now(), customer=None)
        part.start_clocks(part.received_at, only=("outcome",))
        note = part.notes.create(by=by, text=text)
        part.record("split_off", by=by, parent=self.pk, note=note.pk)
        return part

    def beginning(self, department: Department, **other: Any) -> Any:
        """A new case of this department about the same thing, not saved yet: what was said and where are taken over."""
        same = (
            "kind", "service", "subject", "language", "channel", "form_version", "answers", "collection_notice",
            "place_label", "latitude", "longitude", "is_confidential", "customer",
        )  # fmt: skip
        taken_over = {name: getattr(self, name) for name in same} | other
        queue = Queue.objects.default_of(department)
        return cast("Any", type(self))(reference=self.new_reference(), department=department, queue=queue, **taken_over)

    @classmethod
    def new_reference(cls) -> str:
        """One that no case has yet."""
        prefix = Municipality.objects.values_list("prefix", flat=True).first() or "TL"
        while True:
            reference = make(prefix)
            if not cast("Any", cls)._default_manager.filter(reference=reference).exists():
                return reference

    def _must_not_leave_parts(self, over_parts: bool) -> None:
        """A case answers for its parts: it ends before them only when somebody says so."""
        still = [] if over_parts else list(self.parts.exclude(status="closed").values_list("reference", flat=True))
        if still:
            raise NotPossible(
                _("Parts of this case are still open: %(references)s. Close it over them only if you mean to.")
                % {"references": ", ".join(still)}
            )

    def _tell_the_whole(self, by: Any) -> None:
        """The end of a part stands in the timeline of the case it is a part of."""
        if self.parent_id:
            self.parent.record("part_closed", by=by, part=self.pk, outcome=self.outcome)
