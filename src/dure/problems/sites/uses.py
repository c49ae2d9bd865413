"""What owners of data are asked for a challenge. Free of our own models, because rules look here."""

from typing import Any, Final

from dure.farm import api as farm

OPEN: Final = ("asked", "approved")


def open_uses(challenge: Any) -> list[farm.SiteUse]:
    """What is asked for or allowed."""
    return [use for use in farm.site_uses_of(challenge.uid) if use.state in OPEN]


def states(challenge: Any) -> list[str]:
    return [use.state for use in open_uses(challenge)]
