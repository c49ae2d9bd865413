"""Agreements; what stands in a revision or under a signature is never changed: PostgreSQL itself refuses it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import dure.foundation.clock
import dure.foundation.ids
from django.conf import settings
from django.db import migrations, models


FORWARD = """
create function alliance_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'what was agreed and signed is never changed'; end $$;
create trigger revision_never_changes
before update of agreement_id, number, content, sha256, made_at or delete on alliance_agreementrevision
for each row execute function alliance_refuse_change();
create trigger signature_never_changes
before update of party_id, revision_id, sha256, method, blob_id, filename, signer, at or delete on alliance_agreementsignature
for each row execute function alliance_refuse_change();
"""
BACKWARD = """
drop trigger revision_never_changes on alliance_agreementrevision;
drop trigger signature_never_changes on alliance_agreementsignature;
drop function alliance_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('alliance', '0002_ledger_held'),
        ('foundation', '0011_webhooks'),
        ('people', '0002_skills'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=dure.foundation.clock.now)),
                ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'With the parties'), ('signing', 'Being signed'), ('active', 'In force'), ('expiring', 'Ends soon'), ('superseded', 'Renewed by another'), ('expired', 'Run out'), ('terminated', 'Ended early'), ('abandoned', 'Given up')], default='draft', max_length=32)),
                ('kind', models.CharField(choices=[('mou', 'Memorandum of understanding'), ('research', 'Joint research agreement'), ('data_sharing', 'Data-sharing agreement'), ('other', 'Other agreement')], max_length=16)),
                ('title_ko', models.CharField(blank=True, max_length=160)),
                ('title_en', models.CharField(blank=True, max_length=160)),
                ('cooperation', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('basic_technology', 'Basic technology'), ('applied_technology', 'Applied technology'), ('talent', 'Training and exchange of talent'), ('ethics', 'AI ethics and safety'), ('information', 'Exchange of information'), ('compute', 'Sharing accelerators'), ('data', 'Sharing data'), ('startups', 'Support of startups'), ('other', 'Another field')], max_length=20), default=list, size=None)),
                ('authoritative', models.CharField(choices=[('ko', 'Korean decides'), ('en', 'English decides'), ('both', 'Both decide alike')], max_length=4)),
                ('effective_from', models.DateField()),
                ('effective_to', models.DateField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('reminded_days', models.PositiveSmallIntegerField(null=True)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('is_applied', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('amends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='alliance.agreement')),
                ('circle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('renews', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='alliance.agreement')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='AgreementParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('joined_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('left_at', models.DateTimeField(null=True)),
                ('left_reason', models.TextField(blank=True, max_length=2000)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='alliance.agreement')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed', to='people.organisation')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AgreementRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='alliance.agreement')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='AgreementComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                ('body', models.TextField(max_length=4000)),
                ('wants_change', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='alliance.agreement')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alliance.agreementrevision')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='AgreementApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('voided_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='alliance.agreementparty')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='alliance.agreementrevision')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='AgreementSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('method', models.CharField(choices=[('file', 'Signed PDF'), ('password', 'Signed here, proven by password'), ('key', 'Signed here, proven by passkey or code')], max_length=8)),
                ('filename', models.CharField(blank=True, max_length=200)),
                ('signer', models.CharField(max_length=160)),
                ('at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('voided_at', models.DateTimeField(null=True)),
                ('blob', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.blob')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='alliance.agreementparty')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='alliance.agreementrevision')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['state', '-id'], name='agreement_by_state'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['state', 'effective_to'], name='agreement_by_end'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('effective_to', None), ('effective_to__gte', models.F('effective_from')), _connector='OR'), name='agreement_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('amends', None), ('renews', None), _connector='OR'), name='agreement_amends_or_renews'),
        ),
        migrations.AddConstraint(
            model_name='agreementparty',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('agreement', 'organisation'), name='party_of_agreement_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementrevision',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='revision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementapproval',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('party', 'revision'), name='approval_of_party_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementsignature',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('party', 'revision'), name='signature_of_party_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementsignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('blob__isnull', False), ('method', 'file')), models.Q(models.Q(('method', 'file'), _negated=True), ('blob', None)), _connector='OR'), name='signature_has_file_or_none'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
