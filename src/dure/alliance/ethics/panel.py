"""The way from a need's page to its ethics."""

from collections.abc import Mapping
from typing import Any, Final

from dure.problems import api as problems

NEVER_PUBLIC: Final = ("draft", "declined", "merged", "withdrawn")


def register() -> None:
    """Called once when the app is ready."""
    problems.register_need_panel("alliance/ethics/panel.html", _built, order=60)


def _built(_reader: Any, problem: problems.Problem) -> Mapping[str, Any] | None:
    """A link without a query, for whoever sees a need that is or may become public."""
    return {"problem": problem} if problem.state not in NEVER_PUBLIC else None
