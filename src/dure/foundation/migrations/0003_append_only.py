"""The audit trail takes new entries only: PostgreSQL itself refuses to change or delete one."""

from django.db import migrations

FORWARD = """
create function foundation_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the audit trail is append-only'; end $$;
create trigger audit_append_only before update or delete on foundation_auditentry
for each row execute function foundation_refuse_change();
"""
BACKWARD = """
drop trigger audit_append_only on foundation_auditentry;
drop function foundation_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_people_of_it")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
