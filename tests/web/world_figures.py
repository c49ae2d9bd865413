"""Figures in the small alliance of the access walk: a year that was published before anything hidden was there."""

from typing import Any

from dure.alliance.figures import publishing
from dure.foundation import clock

Values = dict[tuple[str, str], Any]


def shown(world: Any) -> Values:
    """One publication, which everybody reads."""
    made = publishing.publish(clock.today().year, by=world.people["secretariat"], note="")
    return {("figures/published", "uid"): made.uid}
