"""What learners did and what was found of attendance is only ever added to: PostgreSQL itself refuses changes."""

from django.db import migrations

FORWARD = """
create function learn_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'learning events are append-only'; end $$;
create trigger event_append_only before update or delete on learn_learningevent
for each row execute function learn_refuse_change();

create function learn_refuse_attendance_change() returns trigger language plpgsql as $$
begin raise exception 'attendance is append-only'; end $$;
create trigger attendance_append_only before update or delete on learn_attendance
for each row execute function learn_refuse_attendance_change();
"""
BACKWARD = """
drop trigger attendance_append_only on learn_attendance;
drop function learn_refuse_attendance_change();
drop trigger event_append_only on learn_learningevent;
drop function learn_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("learn", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
