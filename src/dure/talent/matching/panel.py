"""The way from an opening's page to the people who may fit it, for those who may look."""

from collections.abc import Mapping
from typing import Any

from dure.talent.matching import rules
from dure.talent.models import Opening
from dure.talent.openings.panels import register_panel


def register() -> None:
    """Called once when the app is ready."""
    register_panel("talent/matching/panel.html", _built, order=40)


def _built(reader: Any, opening: Opening) -> Mapping[str, Any] | None:
    may = opening.state == "open" and rules.may_find(reader, opening)
    return {"opening": opening} if may else None
