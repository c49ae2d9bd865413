"""Who can be proposed for a need: those who agreed to it, may see the need, and are not asked or on its owner's side already.

Everything is asked of the database at each look. A skill counts only where its person shows it, and only to the nearest twentieth,
1 to 19 of them: that is all that the order of teams can tell of anybody.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from dure.engines import evidence
from dure.engines import teams as engine
from dure.foundation import clock
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import ConsentGrant, Profile, SkillPosterior, TeamSeat
from dure.talent.profiles.computing import as_value
from dure.talent.profiles.consent import grants_for

TEAMS: Final = ConsentGrant.Purpose.TEAMS
SOON: Final = timedelta(days=60)
"""Whoever is available only later is not proposed."""
STANDING: Final = ("proposed", "accepted")
Pairs = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates as the engine takes them, and by their keys the people behind them, with the organisations of these."""

    candidates: tuple[engine.Candidate, ...]
    persons: Mapping[str, people.Person]
    homes: Mapping[str, Sequence[people.Organisation]]


def pool_of(problem: problems.Problem, skills: Pairs, *, by: people.Person) -> Pool:
    """Everybody who can be proposed now; a fixed number of queries."""
    persons = {key_of(problem, one): one for one in _open_to(problem, by)}
    return of_people(persons, skills)


def of_people(persons: Mapping[str, people.Person], skills: Pairs) -> Pool:
    """These people, and nobody else; two queries."""
    ids = [one.pk for one in persons.values()]
    by_id, shown = organisations_of(ids), _posteriors(ids, [slug for slug, _level in skills])
    homes = {key: by_id.get(one.pk, []) for key, one in persons.items()}
    found = [
        engine.Candidate(
            key,
            tuple(_twentieth(shown.get((one.pk, slug)), level) for slug, level in skills),
            frozenset(str(home.uid) for home in homes[key]),
            is_open=True,
        )
        for key, one in persons.items()
    ]
    return Pool(tuple(found), persons, homes)


def key_of(problem: problems.Problem, person: Any) -> str:
    """What stands for a person in one need: nobody can follow it back, or match it with another need's."""
    text = f"team-candidate {problem.uid} {person.uid}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:24]


def organisations_of(ids: Iterable[int]) -> dict[int, list[people.Organisation]]:
    """The organisations that these people belong to today, by the person's id; one query."""
    found: dict[int, list[people.Organisation]] = {}
    rows = people.Membership.objects.current().filter(person_id__in=list(ids))
    for row in rows.select_related("organisation").order_by("organisation_id"):
        found.setdefault(row.person_id, []).append(row.organisation)
    return found


def standing(rows: "QuerySet[TeamSeat]") -> "QuerySet[TeamSeat]":
    """Seats of people who wait or said yes, and who still agree to be proposed to the need's organisation."""
    home = Q(organisation=None) | Q(organisation_id=OuterRef("proposal__problem__organisation_id"))
    grants = ConsentGrant.objects.in_force().filter(home, purpose=TEAMS, person__is_active=True)
    return rows.filter(Exists(grants.filter(person_id=OuterRef("person_id"))), state__in=STANDING)


def _open_to(problem: problems.Problem, by: people.Person) -> "QuerySet[people.Person]":
    """Who shows their skills for teams, may see the need, has time soon, and has not been asked."""
    grants = grants_for(TEAMS, problem.organisation).filter(fields__contains=["skills"])
    asked = TeamSeat.objects.filter(proposal__problem=problem).exclude(state="released")
    speaking = people.Membership.objects.current().filter(
        organisation=problem.organisation, role=people.Membership.Role.REPRESENTATIVE
    )
    return (
        people.Person.objects.filter(people.reached_q(problem.audience, problem.circle_id))
        .filter(pk__in=grants.values("person_id"), is_active=True, deleted_at=None)
        .exclude(pk__in=_away().values("person_id"))
        .exclude(pk__in=asked.values("person_id"))
        .exclude(pk__in=speaking.values("person_id"))
        .exclude(pk__in={by.pk, problem.owner_id})
        .order_by("pk")
    )


def _away() -> "QuerySet[Profile]":
    """Whoever says that their time is over, or begins much later."""
    today = clock.today()
    return Profile.objects.filter(Q(available_until__lt=today) | Q(available_from__gt=today + SOON))


def _posteriors(ids: Collection[int], slugs: Collection[str]) -> dict[tuple[int, str], evidence.Posterior]:
    rows = SkillPosterior.objects.filter(person_id__in=ids, skill__in=slugs)
    return {(row.person_id, row.skill): as_value(row) for row in rows}


def _twentieth(posterior: evidence.Posterior | None, level: int) -> int:
    """The probability that a level is there, in percent: 5, 10, … 95. Nobody is ever sure."""
    share = 5 * round(20 * evidence.probability(posterior or evidence.UNKNOWN, level))
    return min(max(share, 5), 95)
