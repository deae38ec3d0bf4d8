import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='contactpoint',
            name='added_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='contactpoint',
            name='added_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='is_preferred',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='replaced_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='customers.contactpoint'),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='retired_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='verified_how',
            field=models.CharField(blank=True, choices=[('account', 'They signed in with it'), ('replied', 'They answered what we sent there'), ('called', 'We called and reached them'), ('shown', 'They showed it at the counter')], max_length=8),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.UniqueConstraint(condition=models.Q(('is_preferred', True)), fields=('customer',), name='one_preferred_contact_point'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'retired'), _negated=True), ('is_preferred', False), _connector='OR'), name='retired_is_not_preferred'),
        ),
    ]
