"""What REST says of jobs. What you may not read of a job is null."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from dure.farm import standing, telling
from dure.farm.models import Job, Run
from dure.farm.queries.told import Listed, Told
from dure.farm.rules import Sight


class ArrayOut(Schema):
    """The array a job belongs to, and its place in it; `progress` counts its jobs by state, where a list or the array is asked."""

    uid: UUID
    index: int
    size: int
    progress: dict[str, int]


class JobOut(Schema):
    """A job in a list; an array stands there as its first job. What you may not read is null."""

    uid: UUID
    name: str | None
    person: str | None
    command: list[str] | None
    organisation: str | None
    job_class: str
    state: str
    needs: dict[str, int]
    wall_seconds: int
    created_at: datetime
    finished_at: datetime | None
    shared: bool
    array: ArrayOut | None


class RunOut(Schema):
    """A try. `excused`: it is charged to nobody, because it had to give way or broke through our fault."""

    attempt: int
    machine: str
    started_at: datetime
    ended_at: datetime | None
    excused: bool
    exit_code: int | None
    signal: int | None
    limit: str
    peak_memory: int | None
    cpu_seconds: float | None
    wall_seconds: float | None


class JobDetailOut(JobOut):
    """A job with all its tries. `message` says in words how it stands; `expected_at` when it is expected to start."""

    message: str
    place: int | None
    reason: str | None
    expected_at: datetime | None
    kept_until: datetime | None
    exit_code: int | None
    runs: list[RunOut]


class LogOut(Schema):
    """What the last try has said so far, or in all: of much, the beginning and the end. `is_over`: nothing more will come."""

    attempt: int
    state: str
    is_over: bool
    stdout: str
    stderr: str


class JobFileOut(Schema):
    """A file that came out, by its path below the output folder."""

    name: str
    size: int
    sha256: str


def job_out(one: Listed) -> dict[str, Any]:
    return _job(one.job, one.sight) | {"array": _array(one.job, one.progress)}


def _job(job: Job, sight: Sight) -> dict[str, Any]:
    spec = job.wants
    return {
        "uid": job.uid,
        "name": job.name if sight >= Sight.NAMES else None,
        "person": job.person.name if sight >= Sight.NAMES and job.person else None,
        "command": list(spec.command) if sight >= Sight.CONTENT else None,
        "organisation": job.organisation and job.organisation.slug,
        "job_class": job.job_class,
        "state": job.state,
        "needs": standing.needs(spec),
        "wall_seconds": spec.limits.wall_seconds,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "shared": job.shared,
    }


def _array(job: Job, progress: Mapping[str, int]) -> dict[str, Any] | None:
    if not job.is_array:
        return None
    return {"uid": job.array, "index": job.array_index, "size": job.array_size, "progress": dict(progress)}


def detail_out(told: Told) -> dict[str, Any]:
    place, run = told.place, told.run
    return {
        **_job(told.job, told.sight),
        "array": _array(told.job, {}),
        "message": telling.sentences(told.job, run, place),
        "place": place and place.number,
        "reason": place and place.reason,
        "expected_at": place and place.expected,
        "kept_until": told.kept_until,
        "exit_code": run and run.exit_code,
        "runs": [run_out(one) for one in told.runs],
    }


def run_out(run: Run) -> dict[str, Any]:
    names = ("attempt", "started_at", "ended_at", "excused", "exit_code", "signal", "limit")
    used = ("peak_memory", "cpu_seconds", "wall_seconds")
    return {"machine": run.node.name, **{name: getattr(run, name) for name in (*names, *used)}}
