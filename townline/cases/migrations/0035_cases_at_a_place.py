from django.db import migrations, models


class Migration(migrations.Migration):
    """What was reported at a place is asked across all services, so the place comes first in its indexes."""

    dependencies = [
        ('cases', '0034_what_assignees_are_told'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='case', name='case_near_by_words'),
        migrations.RemoveIndex(model_name='case', name='case_near_on_map'),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['place_key', 'received_at', 'id'], name='case_near_by_words'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('place_cell__isnull', False)), fields=['place_cell', 'received_at', 'id'], name='case_near_on_map'),
        ),
    ]
