import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import dure.foundation.clock
import dure.foundation.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        dure.foundation.tables.CreateTables(
            models=[migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True, default=dure.foundation.clock.now)),
                    ('actor_name', models.CharField(blank=True, max_length=20)),
                    ('action', models.CharField(db_index=True, max_length=100)),
                    ('entity', models.CharField(max_length=60)),
                    ('uid', models.UUIDField(db_index=True, null=True)),
                    ('detail', models.JSONField(default=dict)),
                    ('origin', models.CharField(blank=True, max_length=64)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ), migrations.CreateModel(
                name='Blob',
                fields=[
                    ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('size', models.BigIntegerField()),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
            ), migrations.CreateModel(
                name='Lease',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=30)),
                    ('subject', models.UUIDField()),
                    ('fair_key', models.CharField(blank=True, max_length=64)),
                    ('priority', models.SmallIntegerField(default=0)),
                    ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('failed_user', 'Failed User'), ('failed_platform', 'Failed Platform'), ('cancelled', 'Cancelled')], default='queued', max_length=16)),
                    ('attempt', models.PositiveBigIntegerField(default=0)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('again', models.BooleanField(default=False)),
                    ('claimed_by', models.CharField(blank=True, max_length=80)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('started_at', models.DateTimeField(null=True)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('message', models.CharField(blank=True, max_length=500)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['kind', '-priority', 'id'], name='lease_queued'), models.Index(condition=models.Q(('state', 'running')), fields=['lease_until'], name='lease_running'), models.Index(condition=models.Q(('state', 'done')), fields=['kind', '-finished_at'], name='lease_done')],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'subject'), name='one_lease_per_subject')],
                },
            ), migrations.CreateModel(
                name='OutboxEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('payload', models.JSONField()),
                    ('at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
            ), migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='foundation.outboxevent')),
                    ('handler', models.CharField(max_length=160)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('done_at', models.DateTimeField(null=True)),
                    ('error', models.TextField(blank=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['id'], name='delivery_pending')],
                    'constraints': [models.UniqueConstraint(fields=('event', 'handler'), name='one_delivery_per_handler')],
                },
            ), migrations.CreateModel(
                name='SearchEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('uid', models.UUIDField()),
                    ('title_ko', models.CharField(blank=True, max_length=300)),
                    ('title_en', models.CharField(blank=True, max_length=300)),
                    ('url', models.CharField(max_length=300)),
                    ('body', models.TextField()),
                    ('tokens', django.contrib.postgres.search.SearchVectorField()),
                    ('updated_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['tokens'], name='search_tokens')],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'uid'), name='one_entry_per_object')],
                },
            )],
        ),
    ]
