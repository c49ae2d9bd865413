"""What came of a run of a host's program: its scores, written once, then the next part asked for, or the evaluation closed."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from dure.engines.judging import NoScoresError, scores_in
from dure.engines.judging.scores import JSON, MOST_BYTES, TEXT
from dure.farm import api as farm
from dure.foundation import clock, files
from dure.problems.models import CodeRun, Evaluation, ProgramRun, Team
from dure.problems.programs import asking
from dure.problems.scoring.asking import ask_for_board

State, Part = CodeRun.State, ProgramRun.Part
DIGITS: Final = 6
"""Significant digits of a public score: without an interval nobody knows how many chance leaves standing."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a job came to, read and not yet written."""

    state: str
    run: farm.Run | None
    scores: dict[str, float]


def advance(job: UUID | str) -> bool:
    """Take over what came of a job. True when that was done now; False while it is going on, or was done before."""
    run = ProgramRun.objects.filter(job=job, state=State.QUEUED).first()
    found = farm.job_for(job) if run else None
    if run is None or found is None or found.finished_at is None:
        return False
    result = _read(found)
    with transaction.atomic():
        locked = ProgramRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if locked.state != State.QUEUED:
            return False
        _write(locked, result)
        _go_on(locked)
    return True


def advance_all() -> int:
    """Take over every job that ended without anybody hearing of it; returns how many."""
    jobs = ProgramRun.objects.filter(state=State.QUEUED).order_by("pk").values_list("job", flat=True)
    return sum(advance(job) for job in list(jobs))


def _read(job: farm.Job) -> Result:
    last = farm.last_run(job)
    if job.state != farm.Job.State.DONE or last is None:
        return Result(job.state, last, {})
    small = {
        one.name: one.blob_id
        for one in last.files.all()
        if one.name in {JSON, TEXT} and one.blob.size <= MOST_BYTES
    }
    try:
        return Result(State.DONE, last, scores_in({name: _content(blob) for name, blob in small.items()}))
    except NoScoresError:
        return Result(State.FAILED_USER, last, {})


def _content(sha256: str) -> bytes:
    with files.open_blob(sha256) as stream:
        return stream.read()


def _write(run: ProgramRun, result: Result) -> None:
    run.state, run.scores, run.finished_at = result.state, result.scores, clock.now()
    if (last := result.run) is not None:
        run.exit_code, run.limit = last.exit_code, last.limit
        run.log = last.stdout + last.stderr
    run.save()


def _go_on(run: ProgramRun) -> None:
    evaluation = Evaluation.objects.select_related(
        "answers", "scorer", "submission__challenge__problem__organisation"
    ).get(pk=run.evaluation_id)
    key = evaluation.scorer.parameters["key"]
    score = run.scores.get(key)
    if run.state not in {State.DONE, State.FAILED_USER}:
        _close(evaluation, Evaluation.State(run.state))
    elif run.part == Part.PUBLIC and score is not None:
        _public(evaluation, score)
    elif run.part == Part.PUBLIC:
        _close(evaluation, Evaluation.State.FAILED_USER)
    else:
        _decide(evaluation, score)


def _public(evaluation: Evaluation, score: float) -> None:
    """A public score: the deciding part follows, unless that is for files of another phase."""
    evaluation.public_score = score
    if asking.is_by_phase(evaluation):
        _release(evaluation)
        _close(evaluation, Evaluation.State.DONE)
        return
    evaluation.save(update_fields=["public_score"])
    asking.ask_part(evaluation, Part.PRIVATE)


def _release(evaluation: Evaluation) -> None:
    if evaluation.public_score is not None:
        evaluation.public_released = float(f"{evaluation.public_score:.{DIGITS}g}")
        evaluation.improved = _is_better(evaluation)


def _decide(evaluation: Evaluation, score: float | None) -> None:
    """The deciding score. Where the public one has its own data, a failure here is told to nobody before the close."""
    if evaluation.answers.public_blob_id == evaluation.answers.blob_id:
        evaluation.public_score = score
    if score is None and evaluation.public_score is None:
        _close(evaluation, Evaluation.State.FAILED_RUN)
        return
    evaluation.private_score = score
    _release(evaluation)
    _close(evaluation, Evaluation.State.DONE)


def _is_better(evaluation: Evaluation) -> bool:
    """Than what the team was shown last under these versions. Of two that end at once, one waits for the other."""
    Team.objects.select_for_update().get(pk=evaluation.submission.team_id)
    best = (
        Evaluation.objects.filter(
            submission__team=evaluation.submission.team_id,
            answers=evaluation.answers_id,
            scorer=evaluation.scorer_id,
            improved=True,
        )
        .order_by("-finished_at", "-pk")
        .first()
    )
    if best is None or best.public_score is None or evaluation.public_score is None:
        return True
    gain = evaluation.public_score - best.public_score
    return gain > 0 if evaluation.scorer.parameters["direction"] == "higher" else gain < 0


def _close(evaluation: Evaluation, state: Evaluation.State) -> None:
    evaluation.state, evaluation.finished_at = state, clock.now()
    evaluation.save()
    ask_for_board(evaluation.submission.challenge)
