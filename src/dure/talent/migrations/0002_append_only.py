"""Reports of audits take new rows only: PostgreSQL itself refuses to change or delete one."""

from django.db import migrations

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
    dependencies = [("talent", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
