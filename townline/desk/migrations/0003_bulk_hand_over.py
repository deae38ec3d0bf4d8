from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0002_bulk_actions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='bulkaction',
            name='doing',
            field=models.CharField(choices=[('take', 'Take them'), ('assign', 'Assign them'), ('hand_over', 'Hand them over'), ('prioritise', 'Change their priority'), ('note', 'Write a note on each'), ('close', 'Close them'), ('reopen', 'Reopen them')], max_length=12),
        ),
    ]
