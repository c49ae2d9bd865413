"""The only way to a startup that is looked at from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.models import ScoutedStartup
from dure.alliance.scouting import rules
from dure.foundation.access import Hidden, demand


def access_startup(person: Any, uid: UUID) -> ScoutedStartup:
    """The startup. Raises Hidden unless the person may know that somebody looks at it."""
    rows = ScoutedStartup.objects.visible_to(person).select_related("organisation")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_kept(person: Any, uid: UUID) -> ScoutedStartup:
    """The startup, for the side that wrote it down. Raises Hidden, Denied."""
    found = access_startup(person, uid)
    demand(rules.keeps(person, found))
    return found
