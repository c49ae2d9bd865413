"""What the front page reads, a fixed number of queries for strangers and for people."""

from dataclasses import dataclass
from typing import Any

from dure.foundation import notices
from dure.foundation.models import Notice
from dure.people import api as people
from dure.problems import api as problems

MEMBERS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Outside:
    """The front page of a stranger."""

    figures: problems.Figures
    cards: list[problems.Card]
    results: list[problems.Card]
    members: list[people.Organisation]


@dataclass(frozen=True, slots=True)
class Home:
    """The front page of a person: what waits first."""

    todos: list[notices.Todo]
    notices: list[Notice]
    teams: list[problems.MyTeam]
    needs: list[problems.Problem]
    results: list[problems.MyTeam]
    cards: list[problems.Card]


def outside(person: Any) -> Outside:
    members = people.Organisation.objects.filter(joined_on__isnull=False, left_on=None)[:MEMBERS_SHOWN]
    return Outside(
        figures=problems.figures(person),
        cards=problems.open_problems(person, 6),
        results=problems.recent_results(person, 4),
        members=list(members),
    )


def home(person: Any) -> Home:
    teams = problems.my_teams(person)
    return Home(
        todos=notices.todos(person),
        notices=list(Notice.objects.filter(person=person)[:5]),
        teams=[mine for mine in teams if not mine.rank],
        needs=problems.my_problems(person),
        results=[mine for mine in teams if mine.rank],
        cards=problems.open_problems(person, 4),
    )
