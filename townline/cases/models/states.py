"""Where a case stands, and how it can end."""

from datetime import UTC, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.outcomes import Outcome

__all__ = ["AFTER_ALL", "MOVES", "NEVER", "Outcome", "Status"]

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Due when no clock runs: an open case without a promise sorts last among the open ones."""

AFTER_ALL = datetime(9999, 12, 31, 12, tzinfo=UTC)
"""Due of a closed case: one index serves the open ones (`due_at <= NEVER`) without a second, rival index."""


class Status(models.TextChoices):
    """Four states; everything finer is a step, a clock, an outcome or a message's delivery."""

    NEW = "new", _l("New")
    OPEN = "open", _l("In progress")
    WAITING = "waiting", _l("Waiting")
    CLOSED = "closed", _l("Closed")


MOVES: dict[Status, set[Status]] = {
    Status.NEW: {Status.OPEN, Status.CLOSED},
    Status.OPEN: {Status.WAITING, Status.CLOSED},
    Status.WAITING: {Status.OPEN, Status.CLOSED},
    Status.CLOSED: {Status.OPEN},
}
