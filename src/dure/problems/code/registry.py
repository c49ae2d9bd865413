"""What submitted code and hosts' programs listen to: the end of their jobs, and the clock for an end that nobody heard of."""

from datetime import datetime

from dure.farm import api as farm
from dure.foundation import clock, events
from dure.problems.models import CodeRun, ProgramRun
from dure.problems.tasks import advance_code, advance_program


def register() -> None:
    """Called once when the app is ready."""
    events.subscribe(farm.JobDone, follow)


def follow(event: farm.JobDone) -> None:
    """A job is over: have a worker take over what came of it. The runner that says so has other things to do."""
    for model, task in ((CodeRun, advance_code), (ProgramRun, advance_program)):
        if model.objects.filter(job=event.job, state=CodeRun.State.QUEUED).exists():
            task.defer(job=event.job)


@clock.on_clock("follow_code")
def follow_all(_now: datetime) -> int:
    """Take over every end that was missed; returns how many."""
    from dure.problems.code import following as code  # noqa: PLC0415 - as in tasks
    from dure.problems.programs import following as programs  # noqa: PLC0415 - same

    return code.advance_all() + programs.advance_all()
