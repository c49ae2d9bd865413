"""Who may see an award: the team it is offered to, and the hosts."""

from typing import Any

from django.db.models import Q

from dure.problems import visibility


def award_q(person: Any, *, prefix: str = "") -> Q:
    if not person.is_authenticated:
        return Q(pk__in=[])
    from dure.problems.models import TeamMember  # noqa: PLC0415 - models need this condition for their managers

    teams = TeamMember.objects.filter(person_id=person.pk, left_at=None).values("team_id")
    return Q(**{f"{prefix}team_id__in": teams}) | visibility.host_q(person, prefix=f"{prefix}challenge__")
