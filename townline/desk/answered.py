"""The contacts that were answered at once, by what they were about."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from townline.accounts.models import User
from townline.catalogue.models import WrapUp
from townline.channels.models import Interaction
from townline.core.access import visible
from townline.desk.counting import CappedCount, asked_at_once
from townline.ui.templatetags.ui import capped

DAYS = 7


class Counting:
    """The filter of the list of contacts: one wrap-up, or everything; and how often each was chosen of late."""

    def __init__(self, user: Any, keys: str) -> None:
        self.user: User = user
        self.wrap_ups = list(WrapUp.objects.order_by("order", "keys"))
        self.wrap_up = next((one for one in self.wrap_ups if one.keys == keys), None)

    @property
    def chosen(self) -> dict[str, str]:
        """What the next page has to know."""
        return {"wrap_up": self.wrap_up.keys} if self.wrap_up else {}

    def narrow(self, rows: Any) -> Any:
        """Those contacts, of the ones that this person may know of."""
        found: Any = visible(self.user, rows)
        return found.filter(wrap_up=self.wrap_up) if self.wrap_up else found

    @cached_property
    def offered(self) -> list[tuple[str, str]]:
        """Each wrap-up with how often it was chosen in the last days, counted to a hundred: one query."""
        since = timezone.now() - timedelta(days=DAYS)
        recent: Any = visible(self.user, Interaction.objects.filter(received_at__gte=since))
        questions: dict[str, Any] = {one.keys: CappedCount(recent.filter(wrap_up=one)) for one in self.wrap_ups}
        counts = asked_at_once(self.user, questions)
        return [(one.keys, f"{one} ({capped(counts[one.keys])})") for one in self.wrap_ups]
