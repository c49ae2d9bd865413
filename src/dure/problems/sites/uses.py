"""What owners of data are asked for a challenge. Free of our own models, because rules look here."""

from typing import Any, Final

from dure.farm import api as farm
from dure.people import api as people

OPEN: Final = ("asked", "approved")


def open_uses(challenge: Any) -> list[farm.SiteUse]:
    """What is asked for or allowed."""
    return [use for use in farm.site_uses_of(challenge.uid) if use.state in OPEN]


def gives_rows(person: Any, challenge: Any) -> bool:
    """Whether the person speaks for an owner of its hidden rows."""
    mine = set(people.represented_organisations(person))
    return any(use.dataset.site.organisation_id in mine for use in open_uses(challenge))


def states(challenge: Any) -> list[str]:
    return [use.state for use in open_uses(challenge)]
