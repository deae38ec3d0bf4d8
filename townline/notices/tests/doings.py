"""Each verb of this part, done once."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from townline.core.localized import Localized
from townline.notices.models import Gathered, Notice
from townline.notices.writing import draft_notice


def both(text: str) -> Localized:
    """A text in the two languages."""
    return Localized(en=text, fr=f"{text} (fr)")


def a_notice(town: Any, **more: Any) -> Notice:
    """A draft about a broken watermain that potholes belong to, from an hour ago until tomorrow."""
    now = timezone.now()
    said = {
        "name": both("Watermain break"), "text": both("Boil the water."), "area": both("North of King"),
        "services": ["pothole"], "from_at": now - timedelta(hours=1), "until_at": now + timedelta(days=1),
    }  # fmt: skip
    return draft_notice(by=town.dana, **said | more)


def published(town: Any, **more: Any) -> Notice:
    """The same, published."""
    notice = a_notice(town, **more)
    notice.publish(by=town.dana)
    return notice


def season(town: Any, first: str, last: str, **more: Any) -> Notice:
    """One that comes round every year."""
    more = {"from_at": None, "until_at": None, "season_from": first, "season_until": last} | more
    return published(town, kind=Notice.Kind.SEASON, **more)


def disruption(town: Any, **more: Any) -> Notice:
    """The lift of the town hall does not work."""
    said = {"reason": both("Repairs."), "duration": both("Two days."), "alternatives": both("The ramp.")}
    return published(
        town, kind=Notice.Kind.DISRUPTION, name=both("The lift is out"), services=["question"], **more, **said
    )


def gathered(town: Any) -> Notice:
    """A published one with one case."""
    notice = published(town)
    Gathered.objects.create(notice=notice, case=town.case("Lamp"))
    return notice


DOINGS = {
    "Notice.change": (a_notice, "dana", lambda one, town: one.change(by=town.dana, seen=1, name=both("Other"))),
    "Notice.publish": (a_notice, "dana", lambda one, town: one.publish(by=town.dana)),
    "Notice.extend": (
        published, "lea", lambda one, town: one.extend(by=town.lea, until_at=timezone.now() + timedelta(days=9))
    ),
    "Notice.end": (published, "dana", lambda one, town: one.end(by=town.dana)),
    "Notice.gather": (published, "ada", lambda one, town: one.gather(by=town.ada, case=town.case("Lamp"))),
    "Notice.release": (
        gathered, "ada", lambda one, town: one.release(by=town.ada, case=one.gathered.get().case)
    ),
}  # fmt: skip
