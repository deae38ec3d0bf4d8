"""The class of the road a case is about."""

from typing import Any

from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class OnRoads(Moving):
    """Saying of which class the road is, so that staff see the times that go with it."""

    class Meta:
        abstract = True

    @verb
    def classify(self, *, by: Any, road_class: str) -> None:
        """Note the class of the road; nothing is promised by it."""
        if not self.service.road_standards.exists():
            raise NotPossible(_("No times by class of road are kept for this service."))
        if road_class == self.road_class:
            raise NotPossible(_("The road is of class %(road_class)s already.") % {"road_class": road_class})
        self.road_class = road_class
        self.save()
        self.record("classified", by=by, road_class=road_class)
