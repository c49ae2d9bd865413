"""The statements of the lease queue; each is atomic by itself, so that a worker needs one word with the database for it."""

ENQUEUE = """
insert into foundation_lease
  (kind, subject, fair_key, priority, created_at, state, attempt, tries, again, claimed_by, message)
values (%(kind)s, %(subject)s, %(fair_key)s, %(priority)s, %(created_at)s, 'queued', 0, 0, false, '', '')
on conflict (kind, subject) do nothing returning id
"""
"""Put a run in the queue unless it is known."""

CLAIM = """
with line as (
  select id, fair_key, row_number() over (
    partition by case when fair_key = '' then id::text else fair_key end order by priority desc, id
  ) as turn
  from foundation_lease q
  where kind = %(kind)s and state = 'queued'
    and (fair_key = '' or not exists (
      select 1 from foundation_lease r where r.kind = q.kind and r.state = 'running' and r.fair_key = q.fair_key))
), firsts as (
  select l.id, l.fair_key from foundation_lease l join line using (id)
  where line.turn = 1 and l.state = 'queued'
  order by l.priority desc, l.id limit %(limit)s for update of l skip locked
), others as (
  select l.id from foundation_lease l join line using (id)
  where line.turn between 2 and %(turns)s and l.state = 'queued' and l.fair_key in (select fair_key from firsts)
  order by line.turn, l.priority desc, l.id limit %(limit)s - (select count(*) from firsts)
  for update of l skip locked
), picked as (
  select id from firsts union all select id from others
)
update foundation_lease l
set state = 'running', attempt = l.attempt + 1, tries = l.tries + 1, claimed_by = %(worker)s,
    started_at = %(now)s, lease_until = %(until)s
from picked where l.id = picked.id
returning l.id, l.kind, l.subject, l.attempt
"""
"""The oldest queued runs of the highest priority: the first of every fair key that runs nowhere, then second ones and so on.

Who has not locked the first of a key gets none of its others, so two workers never hold runs of one key at the same time.
"""

CANCEL_THESE = """
with picked as (
  select id from foundation_lease
  where kind = %(kind)s and state in ('queued', 'running') and subject = any(%(subjects)s) order by id for update
)
update foundation_lease l
set state = 'cancelled', again = false, finished_at = %(now)s, lease_until = null
from picked where l.id = picked.id
returning l.subject
"""
"""Take runs out of the queue, or make their running attempts void."""

CLAIM_THESE = """
with picked as (
  select id from foundation_lease
  where kind = %(kind)s and state = 'queued' and subject = any(%(subjects)s) order by id for update skip locked
)
update foundation_lease l
set state = 'running', attempt = l.attempt + 1, tries = l.tries + 1, claimed_by = %(worker)s,
    started_at = %(now)s, lease_until = %(until)s
from picked where l.id = picked.id
returning l.id, l.kind, l.subject, l.attempt
"""
"""The queued runs of these subjects, for a worker that puts them in order itself."""

ASK = """
insert into foundation_lease as l
  (kind, subject, state, created_at, fair_key, priority, attempt, tries, again, claimed_by, message)
values (%(kind)s, %(subject)s, 'queued', %(now)s, '', 0, 0, 0, false, '', '')
on conflict (kind, subject) do update set
  again = l.state = 'running',
  state = case when l.state = 'running' then l.state else 'queued' end,
  tries = case when l.state = 'running' then l.tries else 0 end,
  message = case when l.state = 'running' then l.message else '' end,
  claimed_by = case when l.state = 'running' then l.claimed_by else '' end,
  started_at = case when l.state = 'running' then l.started_at end,
  lease_until = case when l.state = 'running' then l.lease_until end,
  created_at = case when l.state = 'running' then l.created_at else excluded.created_at end,
  finished_at = null
where l.state <> 'queued'
"""
"""Put a run in the queue, or back in it with all its tries; one that runs is marked to run again. The row is locked in any case."""

CLOSE = """
with held as (
  select l.id, l.again from foundation_lease l
  join unnest(%(ids)s::bigint[], %(attempts)s::bigint[]) as mine (id, attempt)
    on l.id = mine.id and l.attempt = mine.attempt
  where l.state = 'running' order by l.id for update of l
)
update foundation_lease l set
  state = case when held.again then 'queued' else %(state)s end,
  message = case when held.again then '' else %(message)s end,
  finished_at = case when held.again then null else %(now)s end,
  created_at = case when held.again then %(now)s else l.created_at end,
  started_at = case when held.again then null else l.started_at end,
  claimed_by = case when held.again then '' else l.claimed_by end,
  tries = case when held.again then 0 else l.tries end,
  again = false,
  lease_until = null
from held where l.id = held.id
returning l.id
"""
"""End running attempts that are still the current ones; those asked for again meanwhile wait anew with all their tries."""

STANDS = """
with line as (
  select subject, row_number() over (order by (state = 'running') desc, priority desc, id) - 1 as ahead
  from foundation_lease where kind = %(kind)s and state in ('queued', 'running')
), recent as (
  select started_at, finished_at from foundation_lease
  where kind = %(kind)s and state = 'done' order by finished_at desc nulls last limit %(recent)s
), busy as (
  select max(finished_at) - started_at as span, count(*) as runs
  from recent where started_at is not null and finished_at is not null group by started_at
)
select l.subject, l.state, case when l.state = 'queued' then line.ahead end,
       (select extract(epoch from sum(span))::float8 / sum(runs) from busy)
from foundation_lease l left join line using (subject)
where l.kind = %(kind)s and l.subject = any(%(subjects)s)
"""
"""The state of each run, how many stand before it if it waits, and how long recent ones took.

Runs that were claimed together are done one after the other, so they share their time.
"""
