"""The only ways to a bulk action or a deed from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.bulk import rules
from dure.alliance.bulk.deeds import Deed, deeds
from dure.alliance.models import BulkBatch
from dure.foundation.access import Hidden, demand


def access_batch(person: Any, uid: UUID) -> BulkBatch:
    """Raises Hidden unless this person may know of it."""
    found = BulkBatch.objects.visible_to(person).select_related("made_by").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_deed(person: Any, code: str) -> Deed:
    """What the secretariat can do to several things. Raises Denied, Hidden."""
    demand(rules.leads(person))
    found = deeds().get(code)
    if found is None:
        raise Hidden(code)
    return found
