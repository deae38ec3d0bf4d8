"""Each department gets the queue that it has in any case, under its own name."""

from django.db import migrations


def make_queues(apps, schema_editor):
    queue = apps.get_model("routing", "Queue")
    queue.objects.bulk_create(
        queue(code=one.code, department=one, name=one.name, sort_key=one.sort_key, is_default=True)
        for one in apps.get_model("accounts", "Department").objects.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("routing", "0001_queues_and_rule_lists")]

    operations = [migrations.RunPython(make_queues, migrations.RunPython.noop)]
