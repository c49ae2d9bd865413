"""The way from a need's page to its ethics."""

from collections.abc import Mapping
from typing import Any

from dure.problems import api as problems


def register() -> None:
    """Called once when the app is ready."""
    problems.register_need_panel("alliance/ethics/panel.html", _built, order=60)


def _built(_reader: Any, problem: problems.Problem) -> Mapping[str, Any] | None:
    """A link without a query, for whoever sees the need; drafts have none."""
    return None if problem.state == "draft" else {"problem": problem}
