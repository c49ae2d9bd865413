"""What stands in a revision, under a signature or in a delivery is never changed: PostgreSQL itself refuses it."""

from django.db import migrations

FORWARD = """
create function alliance_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'what was agreed and signed is never changed'; end $$;
create trigger revision_never_changes
before update of agreement_id, number, content, sha256, made_at or delete on alliance_agreementrevision
for each row execute function alliance_refuse_change();
create trigger signature_never_changes
before update of party_id, revision_id, sha256, method, blob_id, filename, signer, at or delete on alliance_agreementsignature
for each row execute function alliance_refuse_change();

create trigger delivery_never_changes
before update of commitment_id, quantity, delivered_on, evidence, noted_at or delete on alliance_delivery
for each row execute function alliance_refuse_change();
"""
BACKWARD = """
drop trigger delivery_never_changes on alliance_delivery;
drop trigger revision_never_changes on alliance_agreementrevision;
drop trigger signature_never_changes on alliance_agreementsignature;
drop function alliance_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("alliance", "0002_ledger_held")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
