"""Jobs that evaluations need: on the account of whoever owns the problem, belonging to no person, followed to their end."""

from dure.farm import api as farm
from dure.foundation import clock
from dure.problems.models import CodeRun, ProgramRun, Submission


def hand_in(
    run: CodeRun | ProgramRun, spec: farm.JobSpec, *, submission: Submission, what: str, sealed: bool = False
) -> None:
    """Have the farm carry out a run that is written down."""
    challenge = submission.challenge
    farm.submit(
        spec,
        name=f"{challenge.slug} #{submission.number} {what}",
        job_class=farm.Job.Class.EVALUATION,
        organisation=challenge.problem.organisation,
        project=challenge.slug,
        sealed=sealed,
        is_followed=True,
        uid=run.job,
    )


def take_back(run: CodeRun | ProgramRun) -> bool:
    """Stop a run that waits or goes on; False when it was over already."""
    job = farm.job_for(run.job)
    if job is None or not farm.cancel(job):
        return False
    run.state, run.finished_at = CodeRun.State.CANCELLED, clock.now()
    run.save(update_fields=["state", "finished_at"])
    return True
