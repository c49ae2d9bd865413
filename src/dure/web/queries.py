"""What the front page reads, a fixed number of queries for strangers and for people."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dure.foundation import notices, prepared
from dure.foundation.access import STRANGER
from dure.foundation.models import Notice
from dure.learn import api as learn
from dure.people import api as people
from dure.problems import api as problems

MEMBERS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Member:
    """A member organisation in the row of names."""

    name_ko: str
    name_en: str
    kind: str


@dataclass(frozen=True, slots=True)
class Outside:
    """The front page of a stranger."""

    figures: problems.Figures
    cards: list[problems.Card]
    results: list[problems.Card]
    members: list[Member]


@dataclass(frozen=True, slots=True)
class Home:
    """The front page of a person: what waits first."""

    todos: list[notices.Todo]
    notices: list[Notice]
    learning: learn.MyLearning
    teams: list[problems.MyTeam]
    needs: list[problems.Problem]
    results: list[problems.MyTeam]
    cards: list[problems.Card]


def outside(person: Any) -> Outside:
    return Outside(
        figures=problems.figures(person),
        cards=problems.open_problems(person, 6),
        results=problems.recent_results(person, 4),
        members=_members(),
    )


def _members() -> list[Member]:
    found = prepared.rows("web.members", _named, STRANGER)
    return [Member(ko, en, str(people.Organisation.Kind(kind).label)) for ko, en, kind in found]


def _named(_someone: Any) -> "QuerySet[Any, Any]":
    joined = people.Organisation.objects.filter(joined_on__isnull=False, left_on=None)
    return joined.values_list("name_ko", "name_en", "kind")[:MEMBERS_SHOWN]


def home(person: Any) -> Home:
    teams = problems.my_teams(person)
    return Home(
        todos=notices.todos(person),
        notices=notices.latest(person, 5),
        learning=learn.my_learning(person),
        teams=[mine for mine in teams if not mine.rank],
        needs=problems.my_problems(person),
        results=[mine for mine in teams if mine.rank],
        cards=problems.open_problems(person, 4),
    )
