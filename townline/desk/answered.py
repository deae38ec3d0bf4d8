"""The contacts that were answered at once, by what they were about."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from townline.accounts.models import User
from townline.catalogue.models import Body, WrapUp
from townline.channels.models import Interaction
from townline.core.access import visible
from townline.desk.counting import CappedCount, asked_at_once
from townline.ui.templatetags.ui import capped

DAYS = 7


class Counting:
    """The filter of the list of contacts: one wrap-up, or everything; and how often each was chosen of late."""

    def __init__(self, user: Any, keys: str, body: str = "") -> None:
        self.user: User = user
        self.wrap_ups = list(WrapUp.objects.order_by("order", "keys"))
        self.bodies = list(Body.objects.all())
        self.body = next((one for one in self.bodies if one.code == body), None)
        self.wrap_up = next((one for one in self.wrap_ups if one.keys == keys), None)

    @property
    def chosen(self) -> dict[str, str]:
        """What the next page has to know."""
        found = {"wrap_up": self.wrap_up.keys} if self.wrap_up else {}
        return found | ({"body": self.body.code} if self.body else {})

    def narrow(self, rows: Any) -> Any:
        """Those contacts, of the ones that this person may know of."""
        found: Any = visible(self.user, rows)
        found = found.filter(wrap_up=self.wrap_up) if self.wrap_up else found
        return found.filter(body=self.body) if self.body else found

    @cached_property
    def offered(self) -> list[tuple[str, str]]:
        """Each wrap-up with how often it was chosen in the last days."""
        return [(one.keys, f"{one} ({capped(self._counts[one])})") for one in self.wrap_ups]

    @cached_property
    def ways(self) -> list[tuple[str, str]]:
        """Each body with how often something was handed to it in the last days, in each way."""
        found = []
        for one in self.bodies:
            each = [
                f"{capped(self._counts[one, way.value])} {way.label}"
                for way in Interaction.Handed
                if self._counts[one, way.value]
            ]
            found.append((one.code, f"{one} ({', '.join(each)})" if each else str(one)))
        return found

    @cached_property
    def _counts(self) -> dict[Any, int]:
        """How often each was chosen in the last days, counted to a hundred: one query."""
        since = timezone.now() - timedelta(days=DAYS)
        recent: Any = visible(self.user, Interaction.objects.filter(received_at__gte=since))
        questions: dict[Any, Any] = {one: CappedCount(recent.filter(wrap_up=one)) for one in self.wrap_ups}
        for one in self.bodies:
            for way in Interaction.Handed:
                questions[one, way.value] = CappedCount(recent.filter(body=one, handed=way))
        return asked_at_once(self.user, questions)
