import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_each_case_in_its_queue")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="queue",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="routing.queue",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["queue", "due_at", "id"], name="case_queue_list"),
        ),
    ]
