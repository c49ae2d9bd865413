"""Reports of audits, which PostgreSQL itself refuses to change or delete."""

import django.db.models.deletion
import dure.foundation.clock
import dure.foundation.ids
from django.db import migrations, models


FORWARD = """
create function talent_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'reports of audits are append-only'; end $$;
create trigger report_append_only before update or delete on talent_auditreport
for each row execute function talent_refuse_change();
"""
BACKWARD = """
drop trigger report_append_only on talent_auditreport;
drop function talent_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_skills'),
        ('talent', '0008_intakes'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('opening', 'Opening'), ('placement_round', 'Placement round')], max_length=16)),
                ('about', models.UUIDField()),
                ('title_ko', models.CharField(max_length=160)),
                ('title_en', models.CharField(max_length=160)),
                ('made_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('is_automatic', models.BooleanField()),
                ('people', models.PositiveIntegerField()),
                ('selected', models.PositiveIntegerField()),
                ('verdict', models.CharField(choices=[('evidence', 'Evidence of disparity'), ('none_found', 'None found'), ('too_few', 'Too few to tell')], max_length=12)),
                ('sha256', models.CharField(max_length=64)),
                ('record', models.BinaryField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audit_reports', to='people.organisation')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['about', '-id'], name='report_by_about')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
