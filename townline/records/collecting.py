"""Which services collect personal information, and which of them nobody has assessed yet."""

from typing import Any, NamedTuple

from townline.catalogue.models import Service
from townline.records.models import Assessment


class Collecting(NamedTuple):
    """One service that collects, with the assessment that holds for it."""

    service: Any
    assessment: Assessment | None

    @property
    def is_red(self) -> bool:
        """Has it none, or one that should have been looked at again?"""
        return self.assessment is None or self.assessment.is_review_late


def collecting() -> list[Collecting]:
    """Every service in use that collects, those that need something first; two queries."""
    services = Service.objects.filter(is_active=True).select_related("questions").order_by("sort_key", "pk")
    written = {one.service_id: one for one in Assessment.objects.filter(is_current=True)}
    found = [Collecting(service, written.get(service.pk)) for service in services if collects(service)]
    return sorted(found, key=lambda one: not one.is_red)


def collects(service: Service) -> bool:
    """Does it ask how to reach the person, or put a question that is marked as personal?"""
    if service.contact != Service.Contact.NONE:
        return True
    return service.questions is not None and _asks_personal(service.questions.definition)


def _asks_personal(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value.get("pii")) or any(_asks_personal(inner) for inner in value.values())
    return isinstance(value, list) and any(_asks_personal(inner) for inner in value)
