"""Each case stands in the default queue of its department, in one statement however many there are."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def give_queues(apps, schema_editor):
    queues = apps.get_model("routing", "Queue").objects.filter(department=OuterRef("department"), is_default=True)
    apps.get_model("cases", "Case").objects.filter(queue=None).update(queue=Subquery(queues.values("pk")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_queue_of_a_case"), ("routing", "0002_a_queue_for_each_department")]

    operations = [migrations.RunPython(give_queues, migrations.RunPython.noop)]
