"""How many submissions a team has used, counted in two numbers of one query."""

from datetime import datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from dure.foundation import clock
from dure.problems.models import Challenge, Evaluation, Phase, Submission, Team
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
    return timezone.make_aware(datetime.combine(clock.today(), time.min), timezone.get_default_timezone())


def quota_of(team: Team, phase: Phase) -> Quota:
    """What the team has used of this phase. The day begins at midnight in the platform's time zone."""
    counted = Submission.objects.filter(team=team, phase=phase).exclude(evaluations__state__in=NOT_COUNTED)
    used = counted.aggregate(
        total=Count("pk", distinct=True),
        today=Count("pk", distinct=True, filter=Q(accepted_at__gte=midnight())),
    )
    return Quota(
        today=used["today"],
        per_day=phase.per_day or None,
        total=used["total"],
        per_phase=phase.per_phase or None,
    )
