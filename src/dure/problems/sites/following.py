"""What sites answered: written once, and combined by their rows when the last one has."""

from typing import Any
from uuid import UUID

from django.db import transaction

from dure.engines.scoring.apart import combined
from dure.farm import api as farm
from dure.foundation import clock
from dure.problems.models import CodeRun, Evaluation, Submission
from dure.problems.scoring.asking import ask_for_board
from dure.problems.sites import asking

State, Stage = CodeRun.State, CodeRun.Stage
TOLD = ("exit_code", "signal", "limit", "exception", "problem", "seconds", "memory_mib", "environment")
COUNTS = ("public", "public_rows", "private", "private_rows", "improved")


def advance(task: UUID | str) -> bool:
    """Take over what a site answered. True when that was done now; False while it has not, or when it was done before."""
    run = CodeRun.objects.filter(job=task, stage=Stage.SITE).first()
    found = farm.SiteTask.objects.filter(uid=task).first() if run else None
    if run is None or found is None or found.finished_at is None:
        return False
    with transaction.atomic():
        submission = Submission.objects.select_for_update(of=("self",)).get(pk=run.submission_id)
        locked = CodeRun.objects.get(pk=run.pk)
        locked.submission = submission
        is_new = locked.state == State.QUEUED
        _write(locked, found)
        if is_new:
            _go_on(submission)
    return is_new


def advance_all() -> int:
    """Take over every answer that nobody heard of; returns how many."""
    runs = CodeRun.objects.filter(state=State.QUEUED, stage=Stage.SITE).order_by("pk")
    return sum(advance(task) for task in list(runs.values_list("job", flat=True)))


def _write(run: CodeRun, task: farm.SiteTask) -> None:
    """What may be told. A refusal of the owner's costs the team nothing, and so does a site that broke."""
    if run.state != State.CANCELLED:
        refused = farm.SiteTask.State.REFUSED
        state = State.FAILED_PLATFORM if task.state == refused else State(task.state)
        run.state, run.finished_at = state, run.finished_at or clock.now()
        for name in TOLD:
            if (value := task.result.get(name)) is not None:
                setattr(run, name, value)
    run.log = task.log
    run.save()


def _go_on(submission: Submission) -> None:
    runs = list(submission.code_runs.filter(stage=Stage.SITE).order_by("pk"))
    failed = next((run for run in runs if run.state in {State.FAILED_USER, State.FAILED_PLATFORM}), None)
    if failed is not None:
        asking.cancel(submission)
        verdict = Evaluation.State.FAILED_RUN if failed.state == State.FAILED_USER else failed.state
        _close(submission, Evaluation.State(verdict), {})
    elif all(run.state == State.DONE for run in runs):
        _close(submission, Evaluation.State.DONE, _scores(runs))


def _scores(runs: list[CodeRun]) -> dict[str, Any]:
    """The scores of all sites together, and each one's own for the hosts."""
    found = farm.SiteTask.objects.filter(uid__in=[run.job for run in runs]).order_by("pk")
    results = [{name: task.result.get(name) for name in COUNTS} for task in found]
    public = combined([(one["public"], one["public_rows"]) for one in results])
    private = combined([(one["private"], one["private_rows"]) for one in results])
    return {
        "public_score": public,
        "public_released": public,
        "private_score": private,
        "improved": public is not None and any(one["improved"] for one in results),
        "details": {"sites": results},
    }


def _close(submission: Submission, state: Evaluation.State, scores: dict[str, Any]) -> None:
    waiting = submission.evaluations.filter(state=Evaluation.State.QUEUED)
    waiting.update(state=state, finished_at=clock.now(), **scores)
    ask_for_board(submission.challenge)
