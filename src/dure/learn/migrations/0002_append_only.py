"""What learners did is only ever added to: PostgreSQL itself refuses to change or delete an event."""

from django.db import migrations

FORWARD = """
create function learn_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'learning events are append-only'; end $$;
create trigger event_append_only before update or delete on learn_learningevent
for each row execute function learn_refuse_change();
"""
BACKWARD = """
drop trigger event_append_only on learn_learningevent;
drop function learn_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("learn", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
