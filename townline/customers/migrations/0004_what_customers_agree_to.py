import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0003_what_customers_need'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('share', 'We may tell somebody else'), ('act', 'Somebody may act for them')], max_length=5)),
                ('to_whom', models.CharField(max_length=120)),
                ('what', models.CharField(max_length=300)),
                ('ground', models.CharField(choices=[('written', 'They agreed in writing'), ('spoken', 'They agreed aloud, and it was noted'), ('attorney', 'Power of attorney'), ('guardian', 'Parent or guardian'), ('other', 'Another authority, named as the proof')], max_length=8)),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='consent',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='consent_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'act'), _negated=True), ('proof__gt', ''), _connector='OR'), name='acting_for_somebody_has_a_proof'),
        ),
    ]
