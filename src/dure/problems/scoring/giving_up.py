"""What happens to evaluations that failed for good through our fault. Light, so that every process that sweeps has it loaded."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, leases, notices
from dure.foundation.access import Role
from dure.people import api as people
from dure.problems.models import Evaluation
from dure.problems.notice_groups import OPERATION, is_operator, kinds_under
from dure.problems.scoring import EVALUATION

_to_operators = kinds_under(OPERATION, only=is_operator)
PLATFORM_FAULT = _to_operators(
    "platform_fault",
    _("Evaluations that failed through our fault"),
    _("%(count)s evaluations failed three times through the platform's own fault; look at the scorer's log."),
)


def give_up(subjects: list[UUID]) -> None:
    """Mark them: they cost no quota, and the operator is told."""
    Evaluation.objects.filter(uid__in=subjects, state__in=leases.OPEN).update(
        state=Evaluation.State.FAILED_PLATFORM, finished_at=clock.now()
    )
    operators = people.Person.objects.filter(roles__contains=[Role.OPERATOR], is_active=True)
    notices.notify(operators, PLATFORM_FAULT, url="/problems/queue", params={"count": len(subjects)})


def register() -> None:
    """Have the queue call `give_up`."""
    leases.on_failed(EVALUATION, give_up)
