"""Clocks that ran before: by their calendar as it is now, and paused by whatever a case waited for."""

import json
from hashlib import sha256

from django.conf import settings
from django.db import migrations

REASONS = ["customer", "contractor", "partner", "weather"]


def write(apps, schema_editor):
    clocks = apps.get_model("cases", "Clock").objects
    versions = apps.get_model("accounts", "CalendarVersion").objects
    for calendar in apps.get_model("accounts", "Calendar").objects.filter(pk__in=clocks.values("calendar")):
        closed = sorted(on.isoformat() for on in calendar.closures.order_by().values_list("on", flat=True))
        content = {"hours": calendar.hours, "closed_on": closed, "zone": settings.TIME_ZONE}
        digest = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        version = versions.get_or_create(calendar=calendar, digest=digest, defaults=content)[0]
        clocks.filter(calendar=calendar, calendar_version=None).update(calendar_version=version, pauses_for=REASONS)
    clocks.exclude(ended_at=None).filter(ending="").update(ending="kept")


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_clocks_of_steps")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
