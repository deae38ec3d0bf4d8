"""Files may lie with words that were begun on a case and not sent yet."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0039_index_of_the_words")]

    operations = [
        migrations.RemoveConstraint(model_name="enclosure", name="enclosed_with_a_case_or_a_draft"),
        migrations.AddField(
            model_name="enclosure",
            name="unsent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="enclosures",
                to="cases.unsent",
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=Q(case__isnull=False, draft=None, unsent=None)
                | Q(case=None, draft__isnull=False, unsent=None)
                | Q(case=None, draft=None, unsent__isnull=False),
                name="enclosed_with_one_thing",
            ),
        ),
    ]
