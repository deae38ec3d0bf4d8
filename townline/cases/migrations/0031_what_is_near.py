from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0026_told_on_paper'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='place_cell',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='place_key',
            field=models.CharField(blank=True, editable=False, max_length=80),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['service', 'place_key', 'received_at'], name='case_near_by_words'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('place_cell__isnull', False)), fields=['service', 'place_cell', 'received_at'], name='case_near_on_map'),
        ),
    ]
