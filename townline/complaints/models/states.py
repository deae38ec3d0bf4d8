"""Where a formal complaint stands, and what can be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _l


class Stage(models.TextChoices):
    """From the sealed intake to the end; at each level it is investigated and decided anew."""

    INTAKE = "intake", _l("At intake")
    INVESTIGATION = "investigation", _l("Being investigated")
    DECIDED = "decided", _l("Decided")
    OUTSIDE = "outside", _l("With the office outside")
    CLOSED = "closed", _l("Closed")


class Finding(models.TextChoices):
    """What an investigation found."""

    SUBSTANTIATED = "substantiated", _l("Substantiated")
    PARTLY = "partly", _l("Partly substantiated")
    NOT = "not", _l("Not substantiated")
    NO_FINDING = "no_finding", _l("No finding possible")
    WITHDRAWN = "withdrawn", _l("Withdrawn by the complainant")


class Remedy(models.TextChoices):
    """What was done for the complainant or changed for everybody; never discipline."""

    APOLOGY = "apology", _l("An apology")
    EXPLANATION = "explanation", _l("An explanation")
    SERVICE = "service", _l("The service was given or put right")
    PROCESS = "process", _l("A process was changed")
    TRAINING = "training", _l("Training for a team")
    NONE = "none", _l("None was needed")


MOVES: dict[Stage, set[Stage]] = {
    Stage.INTAKE: {Stage.INVESTIGATION, Stage.OUTSIDE},
    Stage.INVESTIGATION: {Stage.DECIDED, Stage.INVESTIGATION, Stage.OUTSIDE},
    Stage.DECIDED: {Stage.INVESTIGATION, Stage.OUTSIDE, Stage.CLOSED},
    Stage.OUTSIDE: {Stage.CLOSED},
    Stage.CLOSED: {Stage.INVESTIGATION, Stage.OUTSIDE},
}
"""A closed complaint can still go up: a late wish is accepted with a reason, never refused by the system."""
