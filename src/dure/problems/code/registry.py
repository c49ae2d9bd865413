"""What submitted code and hosts' programs listen to: the end of their jobs, and the clock for an end that nobody heard of."""

from datetime import datetime

from dure.farm import api as farm
from dure.foundation import clock, events
from dure.problems.models import CodeRun, ProgramRun
from dure.problems.tasks import advance_code, advance_program, advance_site


def register() -> None:
    """Called once when the app is ready."""
    events.subscribe(farm.JobDone, follow)
    events.subscribe(farm.SiteTaskDone, follow_site)
    events.subscribe(farm.SiteUseAnswered, follow_answer)


def follow(event: farm.JobDone) -> None:
    """A job is over: have a worker take over what came of it. The runner that says so has other things to do."""
    for model, task in ((CodeRun, advance_code), (ProgramRun, advance_program)):
        if model.objects.filter(job=event.job, state=CodeRun.State.QUEUED).exists():
            task.defer(job=event.job)


def follow_site(event: farm.SiteTaskDone) -> None:
    """A site answered, or its owner released a log."""
    if CodeRun.objects.filter(job=event.task).exists():
        advance_site.defer(task=event.task)


def follow_answer(event: farm.SiteUseAnswered) -> None:
    """An owner said yes or no: what answers there are changes with it, while the challenge is prepared."""
    from dure.problems.sites import settling  # noqa: PLC0415 - as in tasks

    settling.settle_by_uid(event.purpose)


@clock.on_clock("follow_code")
def follow_all(_now: datetime) -> int:
    """Take over every end that was missed; returns how many."""
    from dure.problems.code import following as code  # noqa: PLC0415 - as in tasks
    from dure.problems.programs import following as programs  # noqa: PLC0415 - same
    from dure.problems.sites import following as sites  # noqa: PLC0415 - same

    return code.advance_all() + programs.advance_all() + sites.advance_all()
