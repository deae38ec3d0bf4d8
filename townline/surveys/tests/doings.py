"""Each verb of this part, done once."""

from typing import Any

from townline.catalogue.models import Service
from townline.doorstep.pace import digest
from townline.surveys.models import Survey


def asked(town: Any, email: str = "elena.rivera@example.org", service: Service | None = None, **more: Any) -> Survey:
    """A questionnaire that was sent."""
    case = town.case("Lamp", service=service)
    found: Survey = Survey.objects.create(case=case, addressee=digest("survey", email), **more)
    return found


DOINGS = {
    "Survey.answer": (asked, "system", lambda one, town: one.answer(by=town.system, solved="yes")),
    "Survey.stop_asking": (asked, "system", lambda one, town: one.stop_asking(by=town.system)),
}
