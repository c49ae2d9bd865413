"""What time does to needs: whoever a need has waited for longer than five working days is reminded, once per state and week.

Working days are those of Korea, where the secretariat sits. For an owner abroad, whose public holidays we do not know, they are
Monday to Friday.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Q

from dure.engines import calendar
from dure.foundation.clock import on_clock
from dure.problems import notices_needs, workflows
from dure.problems.models import Problem
from dure.problems.queries.needs import working_days_before

PATIENCE_DAYS: Final = 5
BATCH: Final = 200
ON_OWNER: Final = "waiting_on:owner"
ELSEWHERE: Final = ""


@on_clock("problems.needs_waiting")
@transaction.atomic
def remind_of_waiting_needs(now: datetime) -> int:
    """Remind the secretariat, the owner or the curator of each need that waits; returns how many needs."""
    abroad = Q(state__in=workflows.PROBLEM.tagged(ON_OWNER)) & ~Q(organisation__country=calendar.KOREA)
    abroad &= Q(organisation__isnull=False)
    late = abroad & _late(ELSEWHERE) | ~abroad & _late(calendar.KOREA)
    waiting = [
        state.name for state in workflows.PROBLEM.states if _waits(state.tags) and state.name != "draft"
    ]
    rows = (
        Problem.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(late, state__in=waiting)
        .select_related("owner", "curator")[:BATCH]
    )
    found = list(rows)
    for problem in found:
        _remind(problem)
    Problem.objects.filter(pk__in=[problem.pk for problem in found]).update(reminded_at=now)
    return len(found)


def _late(country: str) -> Q:
    """Waiting for longer than patience lasts, and not reminded of it since, by the working days of a country."""
    cutoff = working_days_before(PATIENCE_DAYS, country=country)
    fresh = Q(reminded_at=None) | Q(reminded_at__lt=F("state_since")) | Q(reminded_at__lte=cutoff)
    return fresh & Q(state_since__lte=cutoff)


def _waits(tags: frozenset[str]) -> bool:
    return any(tag.startswith("waiting_on:") for tag in tags)


def _remind(problem: Problem) -> None:
    tags = problem.state_tags
    if ON_OWNER in tags:
        notices_needs.tell_owners(notices_needs.WAITS, problem)
    elif "waiting_on:curator" in tags and problem.curator:
        notices_needs.tell([problem.curator], notices_needs.WAITS, problem)
    else:
        notices_needs.tell_secretariat(notices_needs.WAITS, problem)
