"""The only way to a commitment from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.commitments.queries import WITH
from dure.alliance.models import Commitment
from dure.foundation.access import Hidden


def access_commitment(person: Any, uid: UUID) -> Commitment:
    """The commitment. Raises Hidden unless its agreement may be read."""
    found = Commitment.objects.visible_to(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
