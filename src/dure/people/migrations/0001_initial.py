import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import dure.foundation.clock
import dure.foundation.ids
import dure.foundation.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
    ]

    operations = [
        dure.foundation.tables.CreateTables(
            models=[migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='e-mail')),
                    ('name_ko', models.CharField(blank=True, max_length=80, verbose_name='name in Korean')),
                    ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name in English')),
                    ('headline_ko', models.CharField(blank=True, max_length=160, verbose_name='what you do, in Korean')),
                    ('headline_en', models.CharField(blank=True, max_length=160, verbose_name='what you do, in English')),
                    ('about_ko', models.TextField(blank=True, max_length=4000, verbose_name='about you, in Korean')),
                    ('about_en', models.TextField(blank=True, max_length=4000, verbose_name='about you, in English')),
                    ('language', models.CharField(choices=[('ko', '한국어'), ('en', 'English')], default='ko', max_length=2, verbose_name='language')),
                    ('time_zone', models.CharField(default='Asia/Seoul', max_length=40, verbose_name='time zone')),
                    ('audience', models.CharField(choices=[('private', 'Private'), ('circle', 'Circle'), ('members', 'Members'), ('public', 'Public')], default='members', max_length=10, verbose_name='who sees your profile')),
                    ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('secretariat', 'Secretariat'), ('operator', 'Operator'), ('auditor', 'Auditor'), ('funder', 'Ministry or funder'), ('guru', 'Guru'), ('instructor', 'Instructor')], max_length=16), blank=True, default=list, size=None)),
                    ('is_active', models.BooleanField(default=True)),
                    ('is_demo', models.BooleanField(default=False)),
                    ('demo_role', models.CharField(blank=True, max_length=20)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('deleted_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_account_per_email')],
                },
            ), migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('slug', models.SlugField(max_length=60, unique=True)),
                    ('name_ko', models.CharField(blank=True, max_length=120, verbose_name='name in Korean')),
                    ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                    ('kind', models.CharField(choices=[('industry', 'Industry'), ('university', 'University'), ('research', 'Research institute'), ('public', 'Public body'), ('startup', 'Startup')], max_length=12, verbose_name='type')),
                    ('country', models.CharField(default='KR', max_length=2, verbose_name='country')),
                    ('business_number', models.CharField(blank=True, max_length=10, null=True, unique=True, verbose_name='business registration number')),
                    ('ror_id', models.CharField(blank=True, max_length=9, null=True, unique=True, verbose_name='ROR id')),
                    ('website', models.URLField(blank=True, verbose_name='website')),
                    ('about_ko', models.TextField(blank=True, max_length=4000, verbose_name='about, in Korean')),
                    ('about_en', models.TextField(blank=True, max_length=4000, verbose_name='about, in English')),
                    ('joined_on', models.DateField(blank=True, null=True)),
                    ('left_on', models.DateField(blank=True, null=True)),
                    ('suspended_on', models.DateField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'ordering': ['name_ko', 'name_en', 'id'],
                },
            ), migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.organisation')),
                    ('role', models.CharField(choices=[('representative', 'Representative'), ('problem_owner', 'Problem owner'), ('coordinator', 'Coordinator'), ('member', 'Member')], default='member', max_length=16, verbose_name='role')),
                    ('title', models.CharField(blank=True, max_length=80, verbose_name='position')),
                    ('starts_on', models.DateField(default=dure.foundation.clock.today, verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['person', 'ends_on'], name='people_memb_person__64a11d_idx'), models.Index(fields=['organisation', 'ends_on'], name='people_memb_organis_3685c6_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_dates_in_order'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('ends_on', None)), fields=('person', 'organisation', 'role'), name='one_open_membership')],
                },
            ), migrations.CreateModel(
                name='Circle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('team', 'Team'), ('workroom', 'Workroom'), ('agreement', 'Agreement'), ('project', 'Project'), ('cohort', 'Cohort'), ('shared', 'Shared by name')], max_length=12)),
                    ('name_ko', models.CharField(blank=True, max_length=160)),
                    ('name_en', models.CharField(blank=True, max_length=160)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('closed_at', models.DateTimeField(null=True)),
                ],
            ), migrations.CreateModel(
                name='CircleMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='people.circle')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
                    ('since', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('until', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person', None)), models.Q(('organisation', None), ('person__isnull', False)), _connector='OR'), name='circle_member_is_one_of_two'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('circle', 'person'), name='once_in_circle'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('circle', 'organisation'), name='organisation_once_in_circle')],
                },
            ), migrations.CreateModel(
                name='ConsentText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40)),
                    ('version', models.PositiveIntegerField()),
                    ('title_ko', models.CharField(max_length=160)),
                    ('title_en', models.CharField(max_length=160)),
                    ('body_ko', models.TextField()),
                    ('body_en', models.TextField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('published_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('key', 'version'), name='one_text_per_version')],
                },
            ), migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
                    ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.consenttext')),
                    ('given_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('origin', models.CharField(blank=True, max_length=64)),
                ],
                options={
                    'ordering': ['-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'text'), name='one_live_consent')],
                },
            ), migrations.CreateModel(
                name='LoginLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                ],
            ), migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='people.organisation')),
                    ('role', models.CharField(choices=[('representative', 'Representative'), ('problem_owner', 'Problem owner'), ('coordinator', 'Coordinator'), ('member', 'Member')], default='member', max_length=16)),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('expires_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('revoked_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ), migrations.CreateModel(
                name='PersonalAccessToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('prefix', models.CharField(max_length=12)),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read what you can see'), ('submit', 'Submit and manage submissions'), ('host', 'Manage problems and challenges you host'), ('admin', 'Everything else you may do')], max_length=10), size=None)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('expires_at', models.DateTimeField()),
                    ('last_used_at', models.DateTimeField(null=True)),
                    ('revoked_at', models.DateTimeField(null=True)),
                ],
            ), migrations.CreateModel(
                name='MemberImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.blob')),
                    ('filename', models.CharField(max_length=200)),
                    ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('applied_at', models.DateTimeField(null=True)),
                    ('applied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('counts', models.JSONField(default=dict)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ), migrations.CreateModel(
                name='Skill',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                    ('slug', models.SlugField(max_length=60, unique=True)),
                    ('area', models.CharField(max_length=40)),
                    ('position', models.PositiveSmallIntegerField()),
                    ('name_ko', models.CharField(max_length=80)),
                    ('name_en', models.CharField(max_length=80)),
                    ('about_ko', models.CharField(max_length=300)),
                    ('about_en', models.CharField(max_length=300)),
                    ('levels', models.JSONField()),
                    ('esco', models.CharField(blank=True, max_length=80)),
                    ('ncs_code', models.CharField(blank=True, max_length=10)),
                    ('is_retired', models.BooleanField(default=False)),
                ],
                options={
                    'ordering': ['position', 'id'],
                },
            ), migrations.CreateModel(
                name='SkillNeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rests_on', to='people.skill')),
                    ('needed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opens', to='people.skill')),
                    ('level', models.PositiveSmallIntegerField()),
                ],
                options={
                    'ordering': ['needed__position', 'skill__position'],
                    'constraints': [models.UniqueConstraint(fields=('skill', 'needed'), name='one_need_per_skill')],
                },
            )],
        ),
    ]
