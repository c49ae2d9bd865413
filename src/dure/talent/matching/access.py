"""The only ways to an invitation to apply, and to an opening for which somebody looks for people, from an address."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden, demand
from dure.talent.matching import rules
from dure.talent.models import ApplyInvitation, Opening
from dure.talent.openings.access import access_opening


def access_finding(person: Any, uid: UUID) -> Opening:
    """An opening for which this person may look for people now. Raises Hidden or Denied."""
    opening = access_opening(person, uid, "hand_order__by")
    demand(rules.may_find(person, opening))
    return opening


def access_invitation(person: Any, uid: UUID) -> ApplyInvitation:
    """An invitation to oneself: nobody else sees it, not even who sent it. Raises Hidden."""
    rows = (
        ApplyInvitation.objects.filter(person_id=person.pk)
        if person.is_authenticated
        else ApplyInvitation.objects.none()
    )
    found = rows.select_related("opening__organisation").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
