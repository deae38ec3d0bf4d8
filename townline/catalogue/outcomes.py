"""How a case can end, as services, templates and cases all say it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _l


class Outcome(models.TextChoices):
    """How a case ended, always with words for the customer."""

    DONE = "done", _l("Done")
    ANSWERED = "answered", _l("Answered")
    NO_ACTION = "no_action", _l("No action was needed")
    UNABLE = "unable", _l("Unable to act")
    NOT_OURS = "not_ours", _l("Not ours to do")
    WITHDRAWN = "withdrawn", _l("Withdrawn by the customer")
    MERGED = "merged", _l("Goes on in another case")

    @classmethod
    def to_choose(cls) -> list[tuple[str, Any]]:
        """Those that somebody chooses: merging gives its own."""
        return [(value, label) for value, label in cls.choices if value != cls.MERGED]
