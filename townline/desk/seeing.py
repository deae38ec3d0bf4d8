"""The views beside the lists: which there are for one person, and how many cases each holds."""

from typing import Any

from django.http import Http404

from townline.core.access import visible
from townline.desk.counting import CappedCount
from townline.desk.filters import FilterForm
from townline.desk.lists import Desk, WorkList
from townline.desk.models import SavedView
from townline.desk.offered import Offered
from townline.desk.reading import Reading

COUNTED = 10
"""So many views are counted on each page, one's own first; the others stand there without a number."""

LOOKED_THROUGH = 2_000
"""So many entries of its list are looked through to count a view; when there are more, its number ends in “+”."""


class Views:
    """The views that one person sees, on top of what that person may read: one query."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.offered = Offered(desk.departments)
        seen: Any = visible(desk.user, SavedView.objects.all())
        self.all = [view for view in seen.beside(desk.user) if self.list_of(view)]

    def list_of(self, view: SavedView) -> WorkList | None:
        """The list that a view narrows; None when this person has no such list."""
        try:
            return self.desk.find(view.whose, view.which, view.department.code if view.department else "")
        except Http404:
            return None

    @property
    def first(self) -> SavedView | None:
        """The one that the desk begins with."""
        return next((view for view in self.all if view.is_first), None)

    def form_of(self, view: SavedView, shown: WorkList) -> FilterForm:
        """Its filters and order, as this person may ask them."""
        given = view.filters | {"order": view.order}
        return FilterForm(given, shown=shown, user=self.desk.user, offered=self.offered)

    def questions(self) -> dict[str, Any]:
        """How many cases the first of them hold, as far as one looks; to be asked with the other counts."""
        found: dict[str, Any] = {}
        for view in self.all[:COUNTED]:
            shown = self.list_of(view)
            if shown is None or shown.which == "closed":
                continue
            reading = Reading(shown, self.desk, self.form_of(view, shown))
            if not reading.is_over_all:
                found[f"view-{view.pk}"] = CappedCount(reading.within(LOOKED_THROUGH))
                found[f"more-{view.pk}"] = reading.beyond(LOOKED_THROUGH)
        return found

    def beside(self, counts: dict[str, Any]) -> list[dict[str, Any]]:
        """As they are shown: each with its count in words, if it is counted."""
        return [
            {
                "view": view,
                "is_own": view.owner_id == self.desk.user.pk,
                "count": counts.get(f"view-{view.pk}"),
                "is_more": counts.get(f"more-{view.pk}") is not None,
            }
            for view in self.all
        ]
