import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_calendar_versions"),
        ("cases", "0008_promises_given_so_far"),
    ]

    operations = [
        migrations.AlterField(
            model_name="clock",
            name="calendar_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.calendarversion"
            ),
        ),
        migrations.RemoveField(model_name="clock", name="calendar"),
    ]
