"""The only way a page or route gets a job: by who asks. What one may not know of does not exist."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dure.farm import rules
from dure.farm.models import Job, RunFile
from dure.farm.rules import Sight
from dure.foundation.access import Hidden, demand
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Seen:
    """A job, and what of it the person who asked may read."""

    job: Job
    sight: Sight
    is_own: bool


def access_farm(person: Any) -> None:
    """The farm as a whole. Raises Denied for those who are not in it."""
    demand(rules.may_look(person))


def access_job(person: Any, uid: UUID | str) -> Seen:
    return _seen(person, Job.objects.filter(uid=uid), uid)


def access_array(person: Any, uid: UUID | str) -> Seen:
    """The first job of an array, which stands for all of them: they were asked for as one."""
    return _seen(person, Job.objects.filter(array=uid, array_index=0), uid)


def _seen(person: Any, rows: "QuerySet[Job]", uid: UUID | str) -> Seen:
    job = rows.filter(pk__in=Job.objects.visible_to(person)).select_related("organisation", "person").first()
    if job is None:
        raise Hidden(uid)
    is_own = bool(rules.owns(person, job))
    return Seen(job, sight_of(person, job), is_own)


def sight_of(person: Any, job: Job) -> Sight:
    represents = () if rules.owns(person, job) else set(people.represented_organisations(person))
    return rules.sight(person, job, represents=represents)


def access_own(person: Any, uid: UUID | str) -> Job:
    """A job one asked for oneself; those who only see it are told why not."""
    job = access_job(person, uid).job
    demand(rules.owns(person, job))
    return job


def access_own_array(person: Any, uid: UUID | str) -> Job:
    """The same for the first job of an array."""
    job = access_array(person, uid).job
    demand(rules.owns(person, job))
    return job


def access_file(person: Any, uid: UUID | str, name: str) -> RunFile:
    """A file that came out of a job's last try, for whoever may read what the job made."""
    found = access_job(person, uid)
    rows = RunFile.objects.filter(run__job=found.job, name=name).select_related("blob")
    file = rows.first() if found.sight >= Sight.CONTENT else None
    if file is None:
        raise Hidden(name)
    return file
