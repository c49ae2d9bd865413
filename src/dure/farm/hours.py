"""What is left of granted hours: what is entered in the usage, and what ran since the last hour was closed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db import connection

from dure.farm.models import Allocation, Contribution, Job
from dure.farm.rules_hours import HOUR, Balance, may_use
from dure.farm.usage.raw import CORES
from dure.foundation import clock
from dure.foundation.access import demand

NEEDING_HOURS: Final = (Job.Class.NORMAL,)
"""Classes that need hours of cores where those were granted; accelerators need hours in all classes but one."""


def demand_hours(job: Job, *, count: int = 1) -> None:
    """Raises Denied with the reason where the account lacks the hours that so many of this job may take.

    At most three queries.
    """
    wanted = {kind: seconds * count for kind, seconds in _wanted(job).items()}
    if job.organisation_id is None or not wanted:
        return
    balances = _balances(job, wanted)
    given = _given_by(job.organisation_id) if wanted.keys() - balances.keys() - {CORES} else set()
    for kind, seconds in wanted.items():
        demand(may_use(kind, seconds=seconds, balance=balances.get(kind), gives=kind in given))


def _wanted(job: Job) -> dict[str, int]:
    """The seconds of each kind that a job may take at most, as far as they need hours."""
    if job.job_class == Job.Class.SCAVENGER:
        return {}
    spec = job.wants
    cores = {CORES: spec.limits.cores} if job.job_class in NEEDING_HOURS else {}
    return {kind: units * spec.limits.wall_seconds for kind, units in {**cores, **spec.accelerators}.items()}


def _balances(job: Job, wanted: Collection[str]) -> dict[str, Balance]:
    """By kind: of the project's own hours, or else of those for the member as a whole."""
    rows = Allocation.objects.in_force().filter(organisation=job.organisation, project__in={"", job.project})
    found = {kind_of(one): one for one in rows.select_related("accelerator").order_by("project")}
    mine = {kind: one for kind, one in found.items() if kind in wanted}
    used = seconds_used([one.pk for one in mine.values()])
    return {kind: balance_of(one, used) for kind, one in mine.items()}


def kind_of(allocation: Allocation) -> str:
    return allocation.accelerator.key if allocation.accelerator else CORES


def balance_of(allocation: Allocation, used: Mapping[int, Decimal]) -> Balance:
    granted = Decimal(allocation.hours * HOUR)
    return Balance(allocation.what, granted, used.get(allocation.pk, Decimal(0)))


def _given_by(organisation_id: int) -> set[str]:
    given = Contribution.objects.in_force(clock.today()).filter(
        state="accepted", organisation_id=organisation_id
    )
    return {key for one in given for key in one.accelerators}


def seconds_used(allocations: Collection[int], *, now: datetime | None = None) -> dict[int, Decimal]:
    """What each of these allocations has used by now, in seconds; one query."""
    if not allocations:
        return {}
    params: dict[str, Any] = {"ids": list(allocations), "now": now or clock.now(), "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(USED, params)
        return dict(cursor.fetchall())


USED = """
with mine as (
  select a.id, a.organisation_id, a.project, coalesce(t.key, '') as kind,
    a.starts_on::timestamp at time zone %(zone)s as begins,
    least((a.ends_on + 1)::timestamp at time zone %(zone)s, case a.state when 'revoked' then a.state_since end) as ends
  from farm_allocation a left join farm_accelerator t on t.id = a.accelerator_id
  where a.state in ('active', 'expiring', 'expired', 'revoked')
), used as (
  select consumer_id, project, accelerator as kind, hour as at, consumed as seconds
  from farm_usageentry where consumer_id in (select organisation_id from mine where id = any(%(ids)s))
  union all
  select j.organisation_id, j.project, k.kind, greatest(r.started_at, c.until),
    greatest(0, extract(epoch from coalesce(r.ended_at, %(now)s) - greatest(r.started_at, c.until))) * k.units
  from farm_run r join farm_job j on j.id = r.job_id
  left join farm_usagecursor c on c.engine = 'local'
  cross join lateral (
    select '' as kind, (j.spec->'limits'->>'cores')::numeric as units
    union all select key, value::numeric from jsonb_each_text(j.spec->'accelerators')
  ) k
  where not r.accounted and not r.excused
    and j.organisation_id in (select organisation_id from mine where id = any(%(ids)s))
)
select a.id, sum(u.seconds) from mine a join used u
  on u.consumer_id = a.organisation_id and u.kind = a.kind and u.at >= a.begins and u.at < a.ends
where a.id = any(%(ids)s) and (u.project = a.project or a.project = '' and not exists (
  select 1 from mine own where own.organisation_id = a.organisation_id and own.kind = a.kind
    and own.project = u.project and own.project <> '' and u.at >= own.begins and u.at < own.ends))
group by a.id
"""
"""Usage of a project that has hours of its own is not charged to those of the member as a whole, until they end or are revoked."""
