"""Times for work on roads, by class of road, that staff keep an eye on and customers are never promised."""

from django.db import models

from townline.accounts.set_up import SetUp
from townline.core.localized import LocalizedField


class RoadStandard(SetUp):
    """How soon one matter on a road is to be seen to once the municipality knows of it, by class of road.

    Reference data for staff, to be verified: a regulation's times are the
    municipality's own defence and no promise to anybody. `classes` maps `1` …
    `5`, or `all`, to `threshold` (from what on), `amount` and `unit`.
    """

    CLASSES = ("1", "2", "3", "4", "5")

    code = models.SlugField(unique=True, max_length=80)
    name = LocalizedField()
    service = models.ForeignKey("catalogue.Service", on_delete=models.CASCADE, related_name="road_standards")
    classes = models.JSONField(default=dict)
    provenance = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.name)
