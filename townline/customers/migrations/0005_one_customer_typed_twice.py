import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0004_what_customers_agree_to'),
    ]

    operations = [
        migrations.AddField(
            model_name='customer',
            name='merge_changes',
            field=models.JSONField(default=dict, editable=False, help_text='field: [before, after] of the other.'),
        ),
        migrations.AddField(
            model_name='customer',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='customers.customer'),
        ),
    ]
