"""The only way to a vote from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.models import Vote
from dure.alliance.votes import rules
from dure.foundation.access import Hidden, demand


def access_vote(person: Any, uid: UUID) -> Vote:
    """The vote. Raises Hidden unless the person may read it."""
    found = Vote.objects.visible_to(person).select_related("roundtable").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_own(person: Any, uid: UUID) -> Vote:
    """The vote, for who still prepares it. Raises Hidden or Denied."""
    vote = access_vote(person, uid)
    demand(rules.may_edit(person, vote))
    return vote
