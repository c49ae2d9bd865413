"""Taking over what came of a grading, when its job is over: once, whoever hears of it first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from dure.engines import courses
from dure.engines.courses import lab_jobs
from dure.engines.judging import NoResultsError, Result, results_in
from dure.farm import api as farm
from dure.foundation import clock, events
from dure.learn.actions.events import Verb, record
from dure.learn.events import SkillsChanged
from dure.learn.labs import telling
from dure.learn.models import Grading, LabAttempt

State = Grading.State
MOST_LOG: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Came:
    """What a grading is to hold."""

    state: State
    results: list[dict[str, Any]] = field(default_factory=list)
    points: float = 0.0
    out_of: float = 0.0
    limit: str = ""
    log: str = ""
    judge_log: str = ""


def follow(event: farm.JobDone) -> None:
    """A job is over. A grading is small work, so whoever says so does it: nobody waits for another process."""
    take_over(event.job)


@clock.on_clock("learn.follow_gradings")
def follow_all(_now: datetime) -> int:
    """Take over every end that nobody heard of; returns how many."""
    waiting = Grading.objects.filter(state=State.QUEUED).order_by("pk").values_list("job", flat=True)
    return sum(take_over(job) for job in list(waiting))


def take_over(uid: UUID | str) -> bool:
    """Write what came of a job. True when that was done now; False while it goes on, or where it was done before."""
    grading = Grading.objects.filter(job=uid, state=State.QUEUED).first()
    job = farm.job_for(uid) if grading is not None else None
    if grading is None or job is None or job.finished_at is None:
        return False
    with transaction.atomic():
        rows = Grading.objects.select_for_update(of=("self",))
        locked = rows.select_related(
            "lab__version", "attempt__enrolment__course", "attempt__enrolment__person"
        ).get(pk=grading.pk)
        if locked.state != State.QUEUED:
            return False
        _write(locked, _came(locked, job))
    return True


def _came(grading: Grading, job: farm.Job) -> Came:
    run = farm.last_run(job)
    if job.state == farm.Job.State.CANCELLED:
        return Came(State.CANCELLED)
    if run is not None and farm.judge_fault(run):
        return Came(State.BROKEN, judge_log=run.judge_log[:MOST_LOG])
    if run is None or run.report is None:
        return Came(State.FAILED_PLATFORM)
    lab = grading.lab.taught
    try:
        found = results_in(
            run.report, lab_jobs.places_of(lab, check=grading.attempt.kind == LabAttempt.Kind.CHECK)
        )
    except NoResultsError:
        return Came(State.BROKEN, judge_log=run.judge_log[:MOST_LOG])
    return _graded(lab, found, run)


def _graded(lab: courses.Lab, found: tuple[Result, ...], run: farm.Run) -> Came:
    worth: Mapping[str, int] = {test.id: test.points for test in lab.tests}
    results = [
        {**asdict(one), "points": worth[one.id] if one.passed else 0, "of": worth[one.id]} for one in found
    ]
    return Came(
        State.DONE,
        results=results,
        points=float(sum(one["points"] for one in results)),
        out_of=float(sum(one["of"] for one in results)),
        limit=run.limit,
        log=run.stderr[-MOST_LOG:],
        judge_log=run.judge_log[:MOST_LOG],
    )


def _write(grading: Grading, came: Came) -> None:
    for name in Came.__dataclass_fields__:
        setattr(grading, name, getattr(came, name))
    grading.finished_at = clock.now()
    grading.save()
    attempt = grading.attempt
    if came.state == State.BROKEN:
        telling.tell_broken(grading)
    if came.state == State.DONE and attempt.kind == LabAttempt.Kind.HAND_IN:
        record(
            attempt.enrolment,
            Verb.GRADED,
            f"lab/{attempt.unit}",
            attempt=str(attempt.uid),
            points=came.points,
            of=came.out_of,
            tests=grading.lab.digest,
        )
        events.record(SkillsChanged(str(attempt.enrolment.person.uid)))
        telling.tell_regraded(grading)
