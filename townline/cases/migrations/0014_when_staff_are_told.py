"""When staff are told of each promise that runs already; what has run out long ago is told once, as still overdue."""

from datetime import date

from django.db import migrations

from townline.core.hours import OpeningHours
from townline.core.promise import notices

AT_ONCE = 1000


def write(apps, schema_editor):
    clocks = apps.get_model("cases", "Clock").objects
    hours = {}
    for version in apps.get_model("accounts", "CalendarVersion").objects.all():
        closed = map(date.fromisoformat, version.closed_on)
        hours[version.pk] = OpeningHours.from_json(version.hours, version.zone, closed)
    running = clocks.filter(ended_at=None, due_at__isnull=False, next_at=None)
    last = 0
    while some := list(running.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for clock in some:
            told = notices(hours[clock.calendar_version_id], clock.started_at, clock.due_at)
            clock.soon_at, clock.late_at, clock.later_at = told
            clock.next_at = told.soon_at or told.late_at
        clocks.bulk_update(some, ["soon_at", "late_at", "later_at", "next_at"])
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_weather_and_notices")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
