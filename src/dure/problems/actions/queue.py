"""What operators do with the queue of evaluations."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from dure.foundation import audit, leases
from dure.foundation.access import Hidden, demand
from dure.people import api as people
from dure.problems import rules_hosting
from dure.problems.bell import ring
from dure.problems.code import asking
from dure.problems.models import Evaluation
from dure.problems.programs import asking as programs
from dure.problems.scoring import EVALUATION
from dure.problems.sites import asking as sites


@transaction.atomic
def requeue(*, by: people.Person, uid: UUID | str | None = None) -> int:
    """Start evaluations that failed through our fault again: the one named, or all. Returns how many; Hidden for an unknown one."""
    demand(rules_hosting.operates(by))
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("submission__challenge__problem")
    rows = rows.filter(state=Evaluation.State.FAILED_PLATFORM)
    try:
        found = list(rows.filter(uid=uid) if uid else rows)
    except (ValidationError, ValueError) as error:
        raise Hidden(str(uid)) from error
    if uid and not found:
        raise Hidden(str(uid))
    for evaluation in found:
        if not _asked_again(evaluation):
            leases.requeue(kind=EVALUATION, subject=evaluation.uid)
        audit.write(by=by, action="evaluation.requeue", obj=evaluation)
    Evaluation.objects.filter(pk__in=[one.pk for one in found]).update(
        state=Evaluation.State.QUEUED, finished_at=None, message=""
    )
    ring(EVALUATION)
    return len(found)


def _asked_again(evaluation: Evaluation) -> bool:
    """Whether something before the scoring was lost, and is asked for again."""
    return (
        asking.ask_again(evaluation.submission)
        or programs.ask_again(evaluation)
        or sites.ask_again(evaluation)
    )
