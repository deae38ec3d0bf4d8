"""Write down of every case so far what a look-up for the same thing nearby compares."""

from django.db import migrations

from townline.cases.places import place_cell, place_key

BATCH = 2000


def locate(apps, schema_editor):
    """In batches, each found by its key."""
    cases = apps.get_model("cases", "Case").objects.using(schema_editor.connection.alias)
    placed = cases.exclude(place_label="", latitude=None).only("pk", "place_label", "latitude", "longitude").order_by("pk")
    last = 0
    while batch := list(placed.filter(pk__gt=last)[:BATCH]):
        for case in batch:
            case.place_key = place_key(case.place_label)
            case.place_cell = place_cell(case.latitude, case.longitude)
        cases.bulk_update(batch, ["place_key", "place_cell"], batch_size=200)
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("cases", "0031_what_is_near")]

    operations = [migrations.RunPython(locate, migrations.RunPython.noop, elidable=True)]
