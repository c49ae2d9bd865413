"""How pages and routes get an award, by who asks. What one may not see does not exist."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden
from dure.problems.models import Award


def access_award(person: Any, uid: UUID) -> Award:
    """An award of one's own team, or of a challenge one hosts."""
    found = (
        Award.objects.visible_to(person)
        .select_related("challenge__problem__organisation", "team")
        .filter(uid=uid)
        .first()
    )
    if found is None:
        raise Hidden(uid)
    return found
