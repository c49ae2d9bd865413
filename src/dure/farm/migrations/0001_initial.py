import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import dure.foundation.clock
import dure.foundation.ids
import dure.foundation.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        dure.foundation.tables.CreateTables(
            models=[migrations.CreateModel(
                name='Accelerator',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('key', models.CharField(max_length=40, unique=True)),
                    ('vendor', models.CharField(max_length=60)),
                    ('model', models.CharField(max_length=80)),
                    ('kind', models.CharField(choices=[('gpu', 'GPU'), ('npu', 'NPU')], max_length=3)),
                    ('memory_gb', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('weight', models.PositiveIntegerField()),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'ordering': ['kind', '-weight', 'vendor', 'model'],
                },
            ), migrations.CreateModel(
                name='Allocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state_since', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('state', models.CharField(choices=[('requested', 'Requested'), ('approved', 'Approved, begins later'), ('active', 'Active'), ('expiring', 'Ends soon'), ('expired', 'Expired'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('revoked', 'Taken back')], default='requested', max_length=32)),
                    ('kind', models.CharField(choices=[('project', 'Project'), ('course', 'Course'), ('challenge', 'Challenge')], default='project', max_length=10)),
                    ('project', models.CharField(blank=True, max_length=80)),
                    ('accelerator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='farm.accelerator')),
                    ('hours', models.PositiveIntegerField()),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('purpose', models.TextField(max_length=2000)),
                    ('reason', models.TextField(blank=True, max_length=2000)),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('warned_days', models.PositiveSmallIntegerField(null=True)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['organisation', 'state'], name='allocation_of_member')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='allocation_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='AllocationChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state_since', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('allocation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='farm.allocation')),
                    ('state', models.CharField(choices=[('requested', 'Requested'), ('approved', 'Approved'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='requested', max_length=32)),
                    ('is_renewal', models.BooleanField()),
                    ('hours', models.PositiveIntegerField()),
                    ('ends_on', models.DateField()),
                    ('purpose', models.TextField(max_length=2000)),
                    ('reason', models.TextField(blank=True, max_length=2000)),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'ordering': ['-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('allocation',), name='one_change_asked_at_a_time')],
                },
            ), migrations.CreateModel(
                name='Contribution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state_since', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('offered', 'Offered'), ('accepted', 'In the farm'), ('ended', 'Ended')], default='draft', max_length=32)),
                    ('node_name', models.CharField(max_length=80)),
                    ('accelerators', models.JSONField(default=dict)),
                    ('cores', models.PositiveIntegerField(default=0)),
                    ('memory_gb', models.PositiveIntegerField(default=0)),
                    ('kept_percent', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(100)])),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('note', models.TextField(blank=True, max_length=2000)),
                    ('reason', models.TextField(blank=True, max_length=2000)),
                    ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['node_name', 'starts_on'], name='contribution_of_node')],
                },
            ), migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('job_class', models.CharField(choices=[('lab', 'Lab'), ('evaluation', 'Evaluation'), ('normal', 'Normal'), ('scavenger', 'Scavenger')], default='normal', max_length=12)),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('project', models.CharField(blank=True, max_length=80)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('spec', models.JSONField()),
                    ('sealed', models.BooleanField(default=False)),
                    ('repeatable', models.BooleanField(default=True)),
                    ('is_followed', models.BooleanField(default=False)),
                    ('array', models.UUIDField(editable=False, null=True)),
                    ('array_index', models.PositiveSmallIntegerField(editable=False, null=True)),
                    ('array_size', models.PositiveSmallIntegerField(default=1, editable=False)),
                    ('shared', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('failed_user', 'Failed User'), ('failed_platform', 'Failed Platform'), ('cancelled', 'Cancelled')], default='queued', max_length=16)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('emptied_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['person', '-id'], name='job_of_person'), models.Index(fields=['organisation', '-id'], name='job_of_organisation'), models.Index(condition=models.Q(('emptied_at', None)), fields=['finished_at'], name='job_to_empty')],
                    'constraints': [models.UniqueConstraint(fields=('array', 'array_index'), name='one_job_per_array_index')],
                },
            ), migrations.CreateModel(
                name='Lab',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='farm.job')),
                    ('used_at', models.DateTimeField(null=True)),
                    ('warned_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['used_at'], name='lab_by_use')],
                },
            ), migrations.CreateModel(
                name='Node',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True)),
                    ('cores', models.PositiveIntegerField()),
                    ('memory_mib', models.PositiveIntegerField()),
                    ('accelerators', models.JSONField(default=dict)),
                    ('level', models.PositiveSmallIntegerField()),
                    ('seen_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
            ), migrations.CreateModel(
                name='Run',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='farm.job')),
                    ('attempt', models.PositiveBigIntegerField()),
                    ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='farm.node')),
                    ('worker', models.CharField(max_length=80)),
                    ('rate', models.FloatField()),
                    ('started_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('excused', models.BooleanField(default=False)),
                    ('accounted', models.BooleanField(default=False)),
                    ('exit_code', models.IntegerField(null=True)),
                    ('signal', models.PositiveSmallIntegerField(null=True)),
                    ('limit', models.CharField(blank=True, max_length=12)),
                    ('faults', models.JSONField(default=list)),
                    ('peak_memory', models.BigIntegerField(null=True)),
                    ('cpu_seconds', models.FloatField(null=True)),
                    ('wall_seconds', models.FloatField(null=True)),
                    ('level', models.PositiveSmallIntegerField(null=True)),
                    ('exception', models.CharField(blank=True, max_length=40)),
                    ('environment', models.CharField(blank=True, max_length=64)),
                    ('stdout', models.TextField(blank=True)),
                    ('stderr', models.TextField(blank=True)),
                    ('report', models.JSONField(null=True)),
                    ('judge_log', models.TextField(blank=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['node'], name='run_going_on'), models.Index(condition=models.Q(('excused', False)), fields=['ended_at'], name='run_charged'), models.Index(condition=models.Q(('accounted', False)), fields=['started_at'], name='run_unaccounted')],
                    'constraints': [models.UniqueConstraint(fields=('job', 'attempt'), name='one_run_per_attempt')],
                },
            ), migrations.CreateModel(
                name='RunFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='farm.run')),
                    ('name', models.CharField(max_length=500)),
                    ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.blob')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('run', 'name'), name='one_run_file_per_name')],
                },
            ), migrations.CreateModel(
                name='ShareSet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('shares', models.JSONField()),
                    ('rule', models.JSONField(default=dict)),
                    ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('set_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'ordering': ['-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='share_set_ends_after_start')],
                },
            ), migrations.CreateModel(
                name='Site',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('name', models.CharField(max_length=80)),
                    ('code', models.CharField(max_length=64, unique=True)),
                    ('code_until', models.DateTimeField()),
                    ('key', models.CharField(max_length=64, null=True, unique=True)),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('joined_at', models.DateTimeField(null=True)),
                    ('seen_at', models.DateTimeField(null=True)),
                    ('silent_told_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ), migrations.CreateModel(
                name='SiteDataset',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='datasets', to='farm.site')),
                    ('name', models.CharField(max_length=80)),
                    ('sha256', models.CharField(max_length=64)),
                    ('tables', models.JSONField(default=dict)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('site', 'name'), name='one_site_dataset_per_name')],
                },
            ), migrations.CreateModel(
                name='SiteUse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='farm.sitedataset')),
                    ('purpose', models.UUIDField(db_index=True)),
                    ('title', models.CharField(max_length=300)),
                    ('wants', models.JSONField(default=dict)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('state', models.CharField(choices=[('asked', 'Asked for'), ('approved', 'Allowed'), ('refused', 'Refused'), ('ended', 'Ended')], default='asked', max_length=8)),
                    ('looks', models.PositiveIntegerField(default=0)),
                    ('looks_each', models.PositiveIntegerField(default=0)),
                    ('least_rows', models.PositiveIntegerField(default=0)),
                    ('note', models.CharField(blank=True, max_length=500)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('answered_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'approved'])), fields=('dataset', 'purpose'), name='one_site_use_per_purpose')],
                },
            ), migrations.CreateModel(
                name='SiteTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='farm.siteuse')),
                    ('name', models.CharField(max_length=200)),
                    ('order', models.JSONField()),
                    ('state', models.CharField(choices=[('queued', 'Waits for the site'), ('done', 'Done'), ('failed_user', 'The program failed'), ('failed_platform', 'The site failed'), ('refused', 'Refused by the site'), ('cancelled', 'Cancelled')], default='queued', max_length=16)),
                    ('result', models.JSONField(default=dict)),
                    ('log', models.TextField(blank=True)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('finished_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['id'],
                    'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['use'], name='site_task_open')],
                },
            ), migrations.CreateModel(
                name='SlurmJob',
                fields=[
                    ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='slurm', serialize=False, to='farm.run')),
                    ('state', models.CharField(choices=[('submitting', 'Submitting'), ('refused', 'Refused'), ('waiting', 'Waiting'), ('running', 'Running')], default='submitting', max_length=12)),
                    ('asked_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('number', models.PositiveBigIntegerField(null=True)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('node', models.CharField(blank=True, max_length=120)),
                ],
            ), migrations.CreateModel(
                name='UsageEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(max_length=160)),
                    ('hour', models.DateTimeField()),
                    ('accelerator', models.CharField(blank=True, max_length=40)),
                    ('revision', models.PositiveSmallIntegerField(default=0)),
                    ('provider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('consumer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('project', models.CharField(blank=True, max_length=80)),
                    ('delivered', models.DecimalField(decimal_places=6, max_digits=20)),
                    ('consumed', models.DecimalField(decimal_places=6, max_digits=20)),
                    ('excused', models.DecimalField(decimal_places=6, max_digits=20)),
                    ('recorded_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'indexes': [models.Index(fields=['consumer', 'accelerator', 'hour'], name='usage_by_consumer'), models.Index(fields=['provider', 'hour'], name='usage_by_provider')],
                    'constraints': [models.UniqueConstraint(fields=('source', 'hour', 'accelerator', 'revision'), name='usage_entered_once'), models.CheckConstraint(condition=models.Q(('delivered', django.db.models.expressions.CombinedExpression(models.F('consumed'), '+', models.F('excused')))), name='usage_adds_up')],
                },
            ), migrations.CreateModel(
                name='UsageCursor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('engine', models.CharField(max_length=40, unique=True)),
                    ('until', models.DateTimeField()),
                ],
            )],
        ),
    ]
