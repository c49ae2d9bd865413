"""Who may see which problem, challenge, team and submission: query conditions, used by list, page, search, export and API alike."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

SHOWN = ("accepted", "open", "delivered", "solved", "unsolved")
STARTED = ("open", "closed", "finished", "cancelled")
OVERSEERS = (Role.SECRETARIAT, Role.AUDITOR)


def problem_q(person: Any, *, prefix: str = "") -> Q:
    """Shown problems by their audience; one's own always; from posting on the secretariat and the auditor."""
    shown = Q(**{f"{prefix}state__in": SHOWN})
    seen = shown & people.audience_q(person, audience=f"{prefix}audience", circle=f"{prefix}circle_id")
    if not person.is_authenticated:
        return seen
    seen |= _own_problem_q(person, prefix)
    if has_role(person, *OVERSEERS):
        seen |= ~Q(**{f"{prefix}state": "draft"})
    return seen


def _own_problem_q(person: Any, prefix: str) -> Q:
    represented = (
        people.Membership.objects.current()
        .filter(person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE)
        .values("organisation_id")
    )
    return (
        Q(**{f"{prefix}owner_id": person.pk})
        | Q(**{f"{prefix}curator_id": person.pk})
        | Q(**{f"{prefix}organisation_id__in": represented})
    )


def challenge_q(person: Any, *, prefix: str = "") -> Q:
    """Started challenges of problems one sees; in preparation only for those who prepare them."""
    seen = Q(**{f"{prefix}state__in": STARTED}) & problem_q(person, prefix=f"{prefix}problem__")
    return seen | host_q(person, prefix=prefix)


def host_q(person: Any, *, prefix: str = "") -> Q:
    """Challenges this person runs: as a named host, as the problem's curator, or as the secretariat."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if has_role(person, Role.SECRETARIAT):
        return Q(**{f"{prefix}pk__isnull": False})  # an empty Q would vanish beside an “or”
    from dure.problems.models import Challenge  # noqa: PLC0415 - models need these conditions for their managers

    hosted = Challenge.hosts.through.objects.filter(person_id=person.pk).values("challenge_id")
    return Q(**{f"{prefix}pk__in": hosted}) | Q(**{f"{prefix}problem__curator_id": person.pk})


def result_q(person: Any, *, prefix: str = "") -> Q:
    """One's own results and those of whom one handed in with; all of a challenge for its hosts; all for the auditor.

    Who is in a team is for the team and the hosts: the board names teams, and a result would name their people.
    """
    if not person.is_authenticated:
        return Q(pk__in=[])
    if has_role(person, Role.AUDITOR):
        return Q(**{f"{prefix}pk__isnull": False})
    from dure.problems.models import ResultRecord  # noqa: PLC0415 - same

    teams = ResultRecord.objects.filter(person_id=person.pk).values("team_id")
    return Q(**{f"{prefix}team_id__in": teams}) | host_q(person, prefix=f"{prefix}challenge__")


def submission_q(person: Any, *, prefix: str = "") -> Q:
    """One's own team's submissions, and all of a challenge for its hosts."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    from dure.problems.models import TeamMember  # noqa: PLC0415 - same

    teams = TeamMember.objects.filter(person_id=person.pk, left_at=None).values("team_id")
    return Q(**{f"{prefix}team_id__in": teams}) | host_q(person, prefix=f"{prefix}challenge__")
