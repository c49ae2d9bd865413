"""The way from a need's page to the team that is looked for, for those who may look."""

from collections.abc import Mapping
from typing import Any

from dure.problems import api as problems
from dure.talent.teams import rules


def register() -> None:
    """Called once when the app is ready."""
    problems.register_need_panel("talent/teams/panel.html", _built, order=40)


def _built(reader: Any, problem: problems.Problem) -> Mapping[str, Any] | None:
    return {"problem": problem} if rules.may_seek(reader, problem) else None
