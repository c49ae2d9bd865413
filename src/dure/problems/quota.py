"""How many submissions a team has used, counted in two numbers of one query."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from dure.foundation import clock, prepared
from dure.foundation.access import STRANGER
from dure.problems.models import Challenge, Evaluation, Phase, Submission, Team, TeamMember
from dure.problems.rules import Quota

NOT_COUNTED = (Evaluation.State.FAILED_USER, Evaluation.State.FAILED_PLATFORM, Evaluation.State.CANCELLED)


def open_phase(challenge: Challenge) -> Phase | None:
    """The phase that takes submissions now; of overlapping ones the latest begun."""
    now = clock.now()
    running = [
        phase
        for phase in challenge.phases.all()
        if phase.starts_at <= now and (phase.ends_at is None or phase.ends_at > now)
    ]
    return max(running, key=lambda phase: (phase.starts_at, phase.number), default=None)


def midnight() -> datetime:
    """When the present day began in the platform's time zone."""
    return clock.moment(clock.today())


def quota_of(team: Team, phase: Phase) -> Quota:
    """What the team has used of this phase. The day begins at midnight in the platform's time zone.

    What its people handed in with another team of this challenge counts too: who leaves and begins anew gets no fresh limits.
    """
    put = {prepared.NUMBER: team.pk, prepared.OTHER: phase.pk, prepared.SINCE: midnight()}
    counted = prepared.rows("problems.quota", _used, STRANGER, put=put)
    total, today = counted[0] if counted else (0, 0)
    return Quota(
        today=today,
        per_day=phase.per_day or None,
        total=total,
        per_phase=phase.per_phase or None,
    )


def _used(_someone: Any) -> "QuerySet[Any, Any]":
    inside = TeamMember.objects.filter(team_id=prepared.NUMBER, left_at=None).values("person_id")
    phase = Phase.objects.filter(pk=prepared.OTHER).values("challenge_id")
    # The team is among those of its people: an “or” beside this would have every submission of the challenge looked at.
    theirs = TeamMember.objects.filter(person_id__in=inside, challenge_id__in=phase).values("team_id")
    own = Q(team_id=prepared.NUMBER) | Q(by_id__in=inside)
    mine = Submission.objects.filter(own, team_id__in=theirs, phase_id=prepared.OTHER).order_by()
    counted = mine.exclude(evaluations__state__in=NOT_COUNTED).annotate(all=Value(1)).values("all")
    today = Count("pk", filter=Q(accepted_at__gte=prepared.SINCE))
    return counted.annotate(total=Count("pk"), today=today).values_list("total", "today")
