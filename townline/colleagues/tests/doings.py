"""Staff as customers of their colleagues, for the tests."""

from typing import Any
from uuid import uuid4

from townline.catalogue.models import Door, Kind, Service, Standard
from townline.colleagues.asking import ask

DOINGS: dict[str, Any] = {}


def repair(town: Any) -> Service:
    """The roads department repairs things for colleagues, within three days."""
    found = Service.objects.filter(code="repair").first()
    if found:
        return found
    service = town.service("repair", "Repair", Kind.SERVICE_REQUEST, town.roads, door=Door.STAFF, is_public=False)
    Standard.objects.create(
        code="repair", name={"en": "Done", "fr": "Fait"}, promise="outcome", service=service, amount=3,
        unit="business_days",
    )  # fmt: skip
    return service


def asked(town: Any, by: Any = None, **more: Any) -> Any:
    """Otto, of another department, asks for a repair."""
    given = {"token": uuid4().hex, "answers": {}, "text": "The door sticks."} | more
    return ask(repair(town), by=by or town.otto, **given)
