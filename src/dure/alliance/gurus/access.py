"""The only way to a guru's term from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.models import GuruTerm
from dure.foundation.access import Hidden


def access_term(person: Any, uid: UUID) -> GuruTerm:
    """The term. Raises Hidden unless the person may read it."""
    found = GuruTerm.objects.visible_to(person).select_related("person").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
