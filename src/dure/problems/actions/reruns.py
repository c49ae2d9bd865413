"""Running a team's code once more, from the hash it was handed in with: whether it gives the same score again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import rules
from dure.problems.code import asking
from dure.problems.models import Challenge, CodeRun, Submission

NO_CODE = Refused("no_code", _("Only code that gave a score can be run again."))
UNDER_WAY = Refused("under_way", _("This code is being run again already."))


@transaction.atomic
def ask(*, by: people.Person, submission: Submission) -> CodeRun:
    """Have the farm run it on all hidden inputs; what comes of it is written beside the submission. Raises Denied."""
    demand(rules.hosts_challenge(by, submission.challenge))
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if not locked.program or locked.table_id is None:
        raise Denied(NO_CODE)
    if locked.code_runs.filter(stage=CodeRun.Stage.AGAIN, state=CodeRun.State.QUEUED).exists():
        raise Denied(UNDER_WAY)
    audit.write(by=by, action="submission.run_again", obj=submission)
    return asking.ask(submission, CodeRun.Stage.AGAIN, by=by)


def last_of(challenge: Challenge) -> dict[int, CodeRun]:
    """The last such run by the number of its submission."""
    runs = CodeRun.objects.filter(submission__challenge=challenge, stage=CodeRun.Stage.AGAIN)
    return {run.submission.number: run for run in runs.select_related("submission__challenge").order_by("pk")}


def was_reproduced(challenge: Challenge, number: int) -> bool:
    """Whether the last such run gave the same score."""
    run = last_of(challenge).get(number)
    return run is not None and run.same is True
