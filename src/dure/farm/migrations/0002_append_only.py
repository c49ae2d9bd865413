"""Usage takes new entries only: PostgreSQL itself refuses to change or delete one."""

from django.db import migrations

FORWARD = """
create function farm_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'usage is append-only'; end $$;
create trigger usage_append_only before update or delete on farm_usageentry
for each row execute function farm_refuse_change();
"""
BACKWARD = """
drop trigger usage_append_only on farm_usageentry;
drop function farm_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("farm", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
