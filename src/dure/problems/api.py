"""The door of problems: what other apps may use."""

from dure.problems.models import Problem
from dure.problems.queries.front import (
    Card,
    Figures,
    MyTeam,
    figures,
    my_problems,
    my_teams,
    open_problems,
    problem_url,
    recent_results,
)

__all__ = [
    "Card",
    "Figures",
    "MyTeam",
    "Problem",
    "figures",
    "my_problems",
    "my_teams",
    "open_problems",
    "problem_url",
    "recent_results",
]
