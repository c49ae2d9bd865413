"""What time and changes do to approvals: what rests on other facts by now, or is a year old, is looked at again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dure.alliance.ethics import subjects
from dure.alliance.models import EthicsAssessment
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock


@on_clock("alliance.ethics_revisit")
def revisit_all(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Approvals that hold no more; returns how many. Running it twice changes nothing.

    All are looked at, in two queries; only those that hold no more are locked.
    """
    approved = list(EthicsAssessment.objects.filter(state="approved").order_by("pk"))
    seen = subjects.load_all((one.kind, one.subject) for one in approved)
    gone = [one.pk for one in approved if _why(one, seen.get((one.kind, one.subject)))]
    return sum(revisit(pk) for pk in gone)


@transaction.atomic
def revisit(pk: int) -> bool:
    """The same for one; whether it moved."""
    found = EthicsAssessment.objects.select_for_update().filter(pk=pk, state="approved").first()
    why = None if found is None else _why(found, subjects.load(found.kind, found.subject))
    if found is None or why is None:
        return False
    workflow.perform(found, "revisit", by=SYSTEM, data={"reason": why})
    return True


def _why(assessment: Any, subject: subjects.Subject | None) -> str | None:
    if subject is not None and dict(subject.facts) != assessment.facts:
        return _("It has changed since it was approved.")
    if assessment.revisit_on is not None and assessment.revisit_on <= clock.today():
        return _("The day has come on which the board wanted to look at it again.")
    return None
