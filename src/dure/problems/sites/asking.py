"""From a submission to a task at every site whose owner allowed it."""

from django.db import transaction

from dure.farm import api as farm
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.problems.code import asking
from dure.problems.models import CodeRun, Evaluation, Submission
from dure.problems.sites import settling

Stage, State = CodeRun.Stage, CodeRun.State


def begin(submission: Submission, evaluation: Evaluation) -> None:
    """The first stage of submitted code: on the farm, or at the sites at once where there are no public inputs."""
    stage = asking.first_stage(submission.challenge)
    if stage is not None:
        asking.ask(submission, stage)
    else:
        ask(submission, evaluation)


@transaction.atomic
def ask(submission: Submission, evaluation: Evaluation | None = None) -> None:
    """Have the code run at every site. Its evaluation stands under the versions then in force."""
    challenge = submission.challenge
    waiting = evaluation or submission.evaluations.filter(state=Evaluation.State.QUEUED).first()
    if waiting is None or challenge.answers is None or challenge.scorer is None:
        return
    waiting.answers, waiting.scorer = challenge.answers, challenge.scorer
    waiting.save(update_fields=["answers", "scorer"])
    spec = asking.spec_with(submission, ()).as_json()
    order: dict[str, object] = {
        "team": str(submission.team.uid),
        "scoring": settling.scoring_of(challenge),
        "spec": spec,
    }
    for use in settling.agreed(challenge):
        _ask(submission, use, order)


def _ask(submission: Submission, use: farm.SiteUse, order: dict[str, object]) -> None:
    owner = use.dataset.site.organisation
    run = CodeRun.objects.create(submission=submission, stage=Stage.SITE, job=uuid7(), owner=owner)
    farm.ask_site(use, name=f"{submission.challenge.slug} #{submission.number}", order=order, uid=run.job)


@transaction.atomic
def cancel(submission: Submission) -> bool:
    """Ask the sites no more that have not answered. False when none was asked."""
    runs = CodeRun.objects.select_for_update().filter(
        submission=submission, stage=Stage.SITE, state=State.QUEUED
    )
    found = list(runs)
    for run in found:
        farm.cancel_site_task(run.job)
        run.state, run.finished_at = State.CANCELLED, clock.now()
        run.save(update_fields=["state", "finished_at"])
    return bool(found)


@transaction.atomic
def ask_again(evaluation: Evaluation) -> bool:
    """Ask every site once more where one could not answer through no fault of the team's. False where none was."""
    submission = evaluation.submission
    lost = submission.code_runs.filter(stage=Stage.SITE, state__in=(State.FAILED_PLATFORM, State.CANCELLED))
    if not lost.exists():
        return False
    submission.code_runs.filter(stage=Stage.SITE).delete()
    ask(submission, evaluation)
    return True
