"""Scouting and incubation in the small alliance of the access walk: a shared startup, and one that the firm keeps to itself."""

from collections.abc import Callable
from typing import Any

from dure.alliance.scouting import noting
from tests.factories import startups

Values = dict[tuple[str, str], Any]
MAY_READ: dict[str, set[str]] = {"scouted": {"owner"}, "scoutingmeeting": {"owner"}}
"""What a member keeps to itself: its scouts alone, not the secretariat, and not the auditor."""


def shown(world: Any) -> Values:
    """A startup that the firm has shared."""
    return _made(world, lambda _name: "Shown", reach="shared")


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """One that only the firm's scouts know of, with a meeting."""
    return _made(world, text, reach="own")


def _made(world: Any, text: Callable[[str], str], reach: str) -> Values:
    words = {f"{name}_{code}": text("scouted") for name in ("name", "about") for code in ("ko", "en")}
    made = startups.scouted(world.firm, by=world.owner, region=text("scouted"), reach=reach, **words)
    said = {"contacts": text("scoutingmeeting"), "said": text("scoutingmeeting")}
    noting.meet(made, by=world.owner, organisation=world.firm, given=startups.meeting(reach=reach, **said))
    return {("scouting", "uid"): made.uid}
