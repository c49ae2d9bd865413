"""What came of a run: written once, then the next stage asked for, or the predictions handed on to the scorer.

Everything here may be called twice, or late, by the event of the job's end and by the clock.
"""

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.engines.judging import in_steps, pack, predictions_among
from dure.farm import api as farm
from dure.foundation import clock, faults, files, leases
from dure.foundation.limited import child
from dure.foundation.models import Blob
from dure.problems.bell import ring
from dure.problems.code import asking
from dure.problems.models import CodeRun, Evaluation, Submission
from dure.problems.programs import asking as programs
from dure.problems.scoring import EVALUATION
from dure.problems.scoring.ids import rows_asked_for
from dure.problems.scoring.runs import Rules
from dure.problems.sites import asking as sites

log = logging.getLogger(__name__)
State, Stage = CodeRun.State, CodeRun.Stage


@dataclass(frozen=True, slots=True)
class Result:
    """What a job came to, read and not yet written: the final state, why it is no better, and the predictions, if they are good."""

    state: str
    run: farm.Run | None
    problem: str = ""
    faults: Sequence[Fault] = ()
    table: Blob | None = None
    rows: int = 0


def advance(job: UUID | str) -> bool:
    """Take over what came of a job. True when that was done now; False while it is going on, or was done before."""
    run = CodeRun.objects.select_related("submission__challenge__problem").filter(job=job).first()
    found = farm.job_for(job) if run is not None and run.state == State.QUEUED else None
    if run is None or found is None or found.finished_at is None:
        return False
    result = _read(run, found)
    with transaction.atomic():
        Submission.objects.select_for_update(of=("self",)).get(pk=run.submission_id)
        locked = CodeRun.objects.select_related("submission__challenge__problem").get(pk=run.pk)
        if locked.state != State.QUEUED:
            return False
        _write(locked, result)
        _go_on(locked, result)
    return True


def advance_all() -> int:
    """Take over every job that ended without anybody hearing of it; returns how many."""
    open_jobs = (
        CodeRun.objects.filter(state=State.QUEUED)
        .exclude(stage=Stage.SITE)
        .order_by("pk")
        .values_list("job", flat=True)
    )
    return sum(advance(job) for job in list(open_jobs))


def _read(run: CodeRun, job: farm.Job) -> Result:
    last = farm.last_run(job)
    if job.state != farm.Job.State.DONE:
        refused = last is not None and bool(last.faults)
        return Result(job.state, last, "output_refused" if refused else "")
    written = {one.name: one.blob_id for one in last.files.all()} if last else {}
    if programs.is_program(run.submission.challenge):
        return _packed(last, written)
    name, problem = predictions_among(written)
    return Result(State.FAILED_USER, last, problem) if name is None else _taken(run, last, written[name])


def _packed(last: farm.Run | None, written: Mapping[str, str]) -> Result:
    """All that came out, for a host's program to score."""
    if not written:
        return Result(State.FAILED_USER, last, "no_predictions")
    with files.scratch() as out:
        pack(((name, partial(files.open_blob, written[name])) for name in sorted(written)), out)
        return Result(State.DONE, last, table=files.put_scratch(out), rows=len(written))


def _taken(run: CodeRun, last: farm.Run | None, sha256: str) -> Result:
    """The predictions as the scorer reads them. Of the public run and the trial, which have other ids, their form alone."""
    challenge = run.submission.challenge
    try:
        with files.scratch() as out:
            found = child.call(
                "dure.engines.scoring.intake:take_predictions",
                path=str(files.local_path(sha256)),
                out=str(out),
                schema=challenge.schema,
                **_asked(run),
            )
            return Result(State.DONE, last, table=files.put_scratch(out), rows=found["rows"])
    except Faulty as faulty:
        return Result(State.FAILED_USER, last, "predictions_unfit", faulty.faults)


def _asked(run: CodeRun) -> dict[str, Any]:
    answers = run.submission.challenge.answers
    whole = run.stage in {Stage.HIDDEN, Stage.AGAIN}
    return rows_asked_for(answers) if whole and answers is not None else {}


def _write(run: CodeRun, result: Result) -> None:
    """What may be told. Only a run on public inputs keeps its log and its faults with their places."""
    run.state, run.finished_at, run.problem = result.state, clock.now(), result.problem
    if (last := result.run) is not None:
        run.exit_code, run.signal, run.limit = last.exit_code, last.signal, last.limit
        run.exception, run.environment = last.exception, last.environment
        run.seconds, run.memory_mib = in_steps(last.wall_seconds, last.peak_memory)
    if run.stage == Stage.PUBLIC:
        run.faults = faults.as_json(result.faults) or (last.faults if last else [])
        run.log = (last.stdout + last.stderr) if last else ""
    run.save()


def _go_on(run: CodeRun, result: Result) -> None:
    submission = run.submission
    if run.stage == Stage.AGAIN:
        _compare(run, result)
    elif run.state != State.DONE:
        _end(submission, _verdict(run))
    elif stage := asking.next_stage(submission.challenge, run.stage):
        asking.ask(submission, stage)
    elif submission.challenge.is_at_sites:
        sites.ask(submission)
    else:
        _hand_on(submission, result)


def _verdict(run: CodeRun) -> Evaluation.State:
    """A failure on hidden inputs tells something of them, so it counts; one on public inputs costs nothing."""
    if run.state == State.FAILED_USER and run.stage != Stage.PUBLIC:
        return Evaluation.State.FAILED_RUN
    return Evaluation.State(run.state)


def _end(submission: Submission, state: Evaluation.State) -> None:
    submission.evaluations.filter(state=Evaluation.State.QUEUED).update(
        state=state, finished_at=clock.now(), message=""
    )


def _hand_on(submission: Submission, result: Result) -> None:
    """The predictions are the submission's table now; its evaluation waits for the scorer, under the versions in force by now."""
    challenge = submission.challenge
    Submission.objects.filter(pk=submission.pk).update(table=result.table, rows=result.rows)
    evaluation = submission.evaluations.filter(state=Evaluation.State.QUEUED).first()
    if evaluation is None:
        return
    evaluation.answers, evaluation.scorer = challenge.answers, challenge.scorer  # type: ignore[assignment]  # an open challenge has both
    evaluation.save(update_fields=["answers", "scorer"])
    if programs.is_program(challenge):
        programs.ask(
            Evaluation.objects.select_related("submission__challenge__problem").get(pk=evaluation.pk)
        )
        return
    leases.enqueue(kind=EVALUATION, subject=evaluation.uid, fair_key=str(submission.team_id))
    ring(EVALUATION)


def _compare(run: CodeRun, result: Result) -> None:
    """Whether the code gave the same score when it was run again, by the answers and the scorer of the result it stands for."""
    stood = (
        run.submission.evaluations.select_related("answers__challenge", "scorer")
        .filter(state=Evaluation.State.DONE, answers=run.submission.challenge.answers_id)
        .order_by("-pk")
        .first()
    )
    if programs.is_program(run.submission.challenge):
        run.same = result.table is not None and result.table.sha256 == run.submission.table_id
    elif result.table is None or stood is None or stood.private_score is None:
        run.same = False if run.state in {State.DONE, State.FAILED_USER} else None
    else:
        run.score = Rules(stood.answers, stood.scorer).score(result.table.sha256).private
        run.same = math.isclose(run.score, stood.private_score, rel_tol=SAME, abs_tol=SAME)
    run.save(update_fields=["score", "same"])


SAME: Final = 1e-6
"""Scores nearer than this, relative, are the same: threads may add up in another order."""
