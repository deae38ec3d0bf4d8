"""What is done with a case because of its kind, done once each."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from townline.catalogue.models import Body, Kind

Town = Any
WORDS = "Hello."


def voiced(town: Town, kind: str) -> Any:
    service = town.service("voice", "Voice", kind, town.roads, door="voice")
    return town.case("Words", service=service, assignee=town.ada)


def courts(case: Any) -> Body:
    text = {"en": "The courts", "fr": "Les tribunaux"}
    return Body.objects.create(code="courts", name=text, matter=text, reach=text, say=text)


DOINGS: dict[str, tuple[Callable[[Town], Any], str, Callable[[Any, Town], Any]]] = {
    "Case.refile": (
        lambda town: town.case("Lamp", assignee=town.ada),
        "ada",
        lambda case, town: case.refile(by=town.ada, service=town.noise),
    ),
    "Case.redirect": (
        lambda town: town.case("Lamp", assignee=town.ada),
        "ada",
        lambda case, town: case.redirect(by=town.ada, body=courts(case), words=WORDS),
    ),
    "Case.bring_to_supervisor": (
        lambda town: voiced(town, Kind.COMPLAINT),
        "system",
        lambda case, town: case.bring_to_supervisor(by=town.system, department=town.roads),
    ),
    "Case.make_formal": (
        lambda town: voiced(town, Kind.COMPLAINT),
        "ada",
        lambda case, town: case.make_formal(
            by=town.ada, channel="phone", said_on=timezone.localdate(), words=WORDS
        ),
    ),
    "Case.pass_on": (
        lambda town: voiced(town, Kind.COMPLIMENT),
        "ada",
        lambda case, town: case.pass_on(by=town.ada, about="service", department=town.roads),
    ),
    "Case.read_feedback": (
        lambda town: voiced(town, Kind.FEEDBACK), "ada", lambda case, town: case.read_feedback(by=town.ada)
    ),
}  # fmt: skip
