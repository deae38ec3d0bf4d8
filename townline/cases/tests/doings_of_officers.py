"""What officers do on a case, done once each."""

from collections.abc import Callable
from typing import Any

from townline.catalogue.models import Step

Town = Any


def on_the_way(town: Town) -> Any:
    town.officer_steps()
    return town.case("Fence", assignee=town.ada)


DOINGS: dict[str, tuple[Callable[[Town], Any], str, Callable[[Any, Town], Any]]] = {
    "Case.step": (
        on_the_way, "ada", lambda case, town: case.step(by=town.ada, step=Step.objects.get(code="visit"))
    ),
}  # fmt: skip
