"""The way from the page of a need, an opening or a placement round to its ethics."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dure.alliance.ethics import of_placement, of_problems
from dure.problems import api as problems
from dure.talent import api as talent

TEMPLATE: Final = "alliance/ethics/panel.html"
NEVER_PUBLIC: Final = ("draft", "declined", "merged", "withdrawn")
"""Of needs."""
OVER: Final = ("withdrawn", "cancelled")
"""Of openings and rounds."""


def register() -> None:
    """Called once when the app is ready."""
    problems.register_need_panel(TEMPLATE, _link(of_problems.KIND, NEVER_PUBLIC), order=60)
    talent.register_opening_panel(TEMPLATE, _link(of_placement.OPENING, OVER), order=90)
    talent.register_round_panel(TEMPLATE, _link(of_placement.ROUND, OVER), order=90)


def _link(kind: str, never: tuple[str, ...]) -> Callable[[Any, Any], Mapping[str, Any] | None]:
    """A link without a query, for whoever sees one that is or may become public."""

    def built(_reader: Any, shown: Any) -> Mapping[str, Any] | None:
        return {"kind": kind, "uid": shown.uid} if shown.state not in never else None

    return built
