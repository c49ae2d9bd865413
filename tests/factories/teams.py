"""Needs that look for a team, people who are open to it, and chosen teams for tests."""

from collections.abc import Mapping
from datetime import date, timedelta

from dure.foundation import clock
from dure.people.models import Organisation, Person
from dure.problems.models import Problem
from dure.talent.models import TeamProposal, TeamSeat
from dure.talent.teams import choosing, needing
from tests.factories import matching, people
from tests.factories.problems import accepted_need

LEAKAGE, PYTHON = "data-leakage", "python-basics"
SKILLS = ((LEAKAGE, 2), (PYTHON, 2))


def sought(problem: Problem | None = None, *, least: int = 2, most: int = 3, target: int = 50) -> Problem:
    """A need whose owner looks for two skills; by default one that everybody sees."""
    found = problem or accepted_need(owner=people.person(language="en"))
    found.route = "team"
    found.save(update_fields=["route"])
    needing.state(found, SKILLS, by=found.owner, least=least, most=most, target=target)
    return found


def willing(skills: Mapping[str, int], home: Organisation | None = None) -> Person:
    """Somebody of an organisation who is open to teams and shows these skills."""
    made = matching.seeker(skills)
    people.member(made, home or people.organisation())
    matching.agreed(made, purpose="teams")
    return made


def chosen(problem: Problem, number: int = 0, **named: date) -> TeamProposal:
    """The best team that there is now, or another one of them, asked by the owner."""
    need = needing.need_of(problem)
    listed = choosing.shown_for(problem, need, by=problem.owner)
    assert listed is not None
    return choosing.choose(
        problem, listed.rows[number].team, by=problem.owner, **{"until": in_a_week(), **named}
    )


def in_a_week() -> date:
    return clock.today() + timedelta(days=7)


def seat_of(person: Person) -> TeamSeat:
    """The person's last seat."""
    return TeamSeat.objects.filter(person=person).latest("pk")
