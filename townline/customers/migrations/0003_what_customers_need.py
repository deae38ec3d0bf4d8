import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0002_contact_points_with_their_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Accommodation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('large_print', 'Large print'), ('relay', 'TTY or relay calls (7-1-1)'), ('interpreter', 'An interpreter'), ('support_person', 'A support person comes along'), ('service_animal', 'A service animal comes along'), ('phone_only', 'By phone only'), ('other', 'Something else')], max_length=15)),
                ('what_helps', models.CharField(blank=True, max_length=200)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='customer',
            name='text_format',
            field=models.CharField(blank=True, choices=[('large_print', 'Large print'), ('braille', 'Braille'), ('audio', 'Read aloud, or as audio'), ('plain_file', 'A file for a screen reader'), ('plain_language', 'Plain language')], max_length=15),
        ),
        migrations.AddField(
            model_name='customer',
            name='way',
            field=models.CharField(blank=True, choices=[('email', 'By e-mail'), ('phone', 'By phone'), ('mail', 'By letter'), ('counter', 'At the counter')], max_length=8),
        ),
        migrations.AddField(
            model_name='accommodation',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='accommodation',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accommodations', to='customers.customer'),
        ),
    ]
