"""The only ways to an opening from an address."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden, demand
from dure.talent.models import Opening
from dure.talent.openings import rules


def access_opening(person: Any, uid: UUID, *also: str) -> Opening:
    """The opening with its organisation and what `also` names. Raises Hidden unless the person may see it."""
    rows = Opening.objects.visible_to(person)
    named = rows.select_related("organisation__verified_for_openings", "problem", *also)
    opening = named.filter(uid=uid).first()
    if opening is None:
        raise Hidden(uid)
    return opening


def access_managed(person: Any, uid: UUID) -> Opening:
    """The same, for who looks after it. Raises Hidden or Denied."""
    opening = access_opening(person, uid)
    demand(rules.may_manage(person, opening))
    return opening
