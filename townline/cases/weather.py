"""Declaring a weather event, and letting begin what waited for it to be over."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from townline.accounts.models import Municipality
from townline.cases.models import Case, Clock, Weather
from townline.core.localized import Localized
from townline.core.refusals import NotPossible

AT_ONCE = 200


def declare(*, by: Any, words: Localized) -> Weather:
    """A significant weather event is declared now; while one lasts there is no second."""
    with transaction.atomic():
        Municipality.objects.select_for_update(no_key=True).first()
        if Weather.objects.running().exists():
            raise NotPossible(_("A weather event is declared already. Declare it over first."))
        weather: Weather = Weather.objects.create(words=words, declared_by=by)
        weather.record("declared", by=by)
    return weather


def begin_held(weather: Weather, *, by: Any, after: int = 0) -> int:
    """Let some of the cases begin whose promises the event held; the last of their ids, 0 when none is left."""
    held = Clock.objects.filter(weather=weather, ended_at=None, case__gt=after).order_by("case_id")
    found = list(held.values_list("case_id", flat=True).distinct()[:AT_ONCE])
    for case in Case.objects.filter(pk__in=found).order_by("pk"):
        case.begin(by=by, weather=weather)
    return found[-1] if len(found) == AT_ONCE else 0
