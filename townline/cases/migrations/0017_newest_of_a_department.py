from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_filing_and_voices'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['department', 'received_at', 'id'], name='case_department_newest'),
        ),
    ]
