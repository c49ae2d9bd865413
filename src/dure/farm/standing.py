"""The farm as the ordering looks at it, from its rows: for the runner that decides and for pages that say what it will decide."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from dure.engines import scheduling
from dure.engines.scheduling import HOUSE, Capacity, Farm, RunningJob
from dure.farm.jobs import CLASSES, JobSpec
from dure.farm.models import Job


def farm(
    capacity: Capacity,
    *,
    waiting: Iterable[scheduling.Job],
    running: Iterable[RunningJob],
    shares: Mapping[scheduling.Account, float],
    usage: dict[scheduling.Account, float],
    now: datetime,
) -> Farm:
    """One machine with those that wait, those that run on it, each account's share and what it used of late."""
    made = Farm(capacity, HOUSE, shares=shares, usage=usage, now=now.timestamp())
    made.wait(waiting)
    for run in running:
        made.take(run, now.timestamp())
    return made


def as_seen(job: Job, capacity: Capacity) -> scheduling.Job | None:
    """A job as the ordering looks at it; None for one that asks for what a machine does not have. Reads organisation and person."""
    spec = job.wants
    if not set(spec.accelerators) <= set(capacity.kinds):
        return None
    return scheduling.Job(
        uid=str(job.uid),
        account=job.account.levels,
        needs=capacity.amounts_of(needs(spec)),
        limit=float(spec.limits.wall_seconds),
        submitted=job.created_at.timestamp(),
        job_class=CLASSES[job.job_class],
    )


def needs(spec: JobSpec) -> dict[str, int]:
    """How much of each kind it holds while it runs."""
    return {"cores": spec.limits.cores, "memory_mib": spec.memory_mib, **spec.accelerators}


def usage(now: datetime) -> dict[scheduling.Account, float]:
    """What each account used, forgotten by half in each half-life; runs excused are nobody's."""
    with connection.cursor() as cursor:
        cursor.execute(USAGE, {"now": now, "half_life": HOUSE.half_life})
        return {(member, project, person): float(used) for member, project, person, used in cursor.fetchall()}


USAGE = """
select coalesce(o.uid::text, ''), j.project, coalesce(p.uid::text, ''),
  sum(r.rate * extract(epoch from r.ended_at - r.started_at)
      * power(0.5, extract(epoch from %(now)s - r.ended_at) / %(half_life)s))
from farm_run r join farm_job j on j.id = r.job_id
left join people_organisation o on o.id = j.organisation_id
left join people_person p on p.id = j.person_id
where not r.excused and r.ended_at > %(now)s - make_interval(secs => 10 * %(half_life)s)
group by 1, 2, 3
"""
