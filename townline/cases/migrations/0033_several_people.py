import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0031_grace_and_not_solved'),
        ('cases', '0032_places_of_old_cases'),
        ('catalogue', '0031_what_is_near'),
        ('channels', '0002_confidential_contacts'),
        ('customers', '0001_initial'),
        ('questions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(default='en', max_length=2)),
                ('followed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('unfollowed_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('related', 'Related'), ('follow_up', 'Follow-up')], default='related', max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_open', models.BooleanField()),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Done'), ('answered', 'Answered'), ('no_action', 'No action was needed'), ('unable', 'Unable to act'), ('not_ours', 'Not ours to do'), ('withdrawn', 'Withdrawn by the customer'), ('merged', 'Goes on in another case')], max_length=20)),
                ('closed_at', models.DateTimeField(null=True)),
                ('clocks', models.JSONField(default=list)),
                ('merged_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='disputes',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='case',
            name='parent',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='cases.case'),
        ),
        migrations.AddField(
            model_name='case',
            name='survivor',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, help_text='The case in which this one goes on, at the end of every merge.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='cases.case'),
        ),
        migrations.AddField(
            model_name='draft',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='message',
            name='is_for_followers',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='case',
            name='outcome',
            field=models.CharField(blank=True, choices=[('done', 'Done'), ('answered', 'Answered'), ('no_action', 'No action was needed'), ('unable', 'Unable to act'), ('not_ours', 'Not ours to do'), ('withdrawn', 'Withdrawn by the customer'), ('merged', 'Goes on in another case')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('parent__isnull', False)), fields=['parent'], name='case_part'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('survivor__isnull', False)), fields=['survivor'], name='case_merged'),
        ),
        migrations.AddField(
            model_name='follower',
            name='case',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='cases.case'),
        ),
        migrations.AddField(
            model_name='follower',
            name='contact_point',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follows', to='customers.contactpoint'),
        ),
        migrations.AddField(
            model_name='follower',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follows', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='follower',
            name='interaction',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='channels.interaction'),
        ),
        migrations.AddField(
            model_name='link',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='link',
            name='case',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='cases.case'),
        ),
        migrations.AddField(
            model_name='link',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_back', to='cases.case'),
        ),
        migrations.AddField(
            model_name='merge',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='cases.case'),
        ),
        migrations.AddField(
            model_name='merge',
            name='into',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_in', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='follower',
            index=models.Index(fields=['case', 'id'], name='follower_case'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.UniqueConstraint(condition=models.Q(('unfollowed_at', None)), fields=('case', 'customer'), name='followed_once'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('case', 'other'), name='one_link_of_two_cases'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('case', models.F('other')), _negated=True), name='no_case_is_linked_with_itself'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('case',), name='merged_into_one'),
        ),
    ]
