"""What PostgreSQL itself holds of the ledger, whoever writes: nothing changes, everything balances, what is closed stays closed.

Balance is asked once for each transaction, at commit, and not for each leg: legs cannot join it later, because they must be
written in the same transaction of the database.
"""

from django.db import migrations

FORWARD = """
create function alliance_ledger_refuse() returns trigger language plpgsql as $$
begin raise exception 'the ledger is append-only' using errcode = 'integrity_constraint_violation'; end $$;

create function alliance_ledger_refuse_rows() returns trigger language plpgsql as $$
declare has_rows boolean;
begin
  execute format('select exists (select from %s)', tg_relid::regclass) into has_rows;
  if has_rows then
    raise exception 'the ledger is append-only' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

create trigger ledger_transaction_append_only before update or delete on alliance_ledgertransaction
for each row execute function alliance_ledger_refuse();
create trigger ledger_transaction_not_truncated before truncate on alliance_ledgertransaction
for each statement execute function alliance_ledger_refuse_rows();
create trigger ledger_entry_append_only before update or delete on alliance_ledgerentry
for each row execute function alliance_ledger_refuse();
create trigger ledger_entry_not_truncated before truncate on alliance_ledgerentry
for each statement execute function alliance_ledger_refuse_rows();

create function alliance_ledger_period() returns trigger language plpgsql as $$
begin
  perform from alliance_ledgerperiod p where p.id in (select period_id from fresh) order by p.id for share;
  if exists (select from alliance_ledgerperiod p where p.id in (select period_id from fresh) and p.state <> 'open') then
    raise exception 'this period of the ledger is closed' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger ledger_period_open after insert on alliance_ledgertransaction referencing new table as fresh
for each statement execute function alliance_ledger_period();

create function alliance_ledger_legs() returns trigger language plpgsql as $$
begin
  if exists (
    select from fresh e join alliance_ledgertransaction t on t.id = e.transaction_id
    where t.posted_in <> pg_current_xact_id()::text::bigint or t.period_id <> e.period_id
  ) then
    raise exception 'a leg is written with its transaction, in its period' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger ledger_legs_with_transaction after insert on alliance_ledgerentry referencing new table as fresh
for each statement execute function alliance_ledger_legs();

create function alliance_ledger_balance() returns trigger language plpgsql as $$
begin
  if not exists (select from alliance_ledgerentry where transaction_id = new.id)
  or exists (select from alliance_ledgerentry where transaction_id = new.id group by unit having sum(quantity) <> 0) then
    raise exception 'a transaction of the ledger does not balance' using errcode = 'check_violation';
  end if;
  if new.reverses_id is not null and exists (
    select from alliance_ledgerentry where transaction_id in (new.id, new.reverses_id)
    group by organisation_id, unit, side having sum(quantity) <> 0
  ) then
    raise exception 'a reversal of the ledger takes back something else' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_balances after insert on alliance_ledgertransaction deferrable initially deferred
for each row execute function alliance_ledger_balance();
"""
BACKWARD = """
drop trigger ledger_balances on alliance_ledgertransaction;
drop trigger ledger_legs_with_transaction on alliance_ledgerentry;
drop trigger ledger_period_open on alliance_ledgertransaction;
drop trigger ledger_entry_not_truncated on alliance_ledgerentry;
drop trigger ledger_entry_append_only on alliance_ledgerentry;
drop trigger ledger_transaction_not_truncated on alliance_ledgertransaction;
drop trigger ledger_transaction_append_only on alliance_ledgertransaction;
drop function alliance_ledger_balance();
drop function alliance_ledger_legs();
drop function alliance_ledger_period();
drop function alliance_ledger_refuse_rows();
drop function alliance_ledger_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("alliance", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
