"""How pages and routes get what members give, were granted and used, by who asks. What one may not know of does not exist."""

from typing import Any
from uuid import UUID

from dure.farm import visibility_sharing
from dure.farm.models import Accelerator, Allocation, AllocationChange, Contribution
from dure.foundation.access import Hidden
from dure.people import api as people


def access_accelerator(key: str) -> Accelerator:
    """A type of the catalogue, which everybody may read."""
    found = Accelerator.objects.filter(key=key).first()
    if found is None:
        raise Hidden(key)
    return found


def access_contribution(person: Any, uid: UUID) -> Contribution:
    rows = Contribution.objects.visible_to(person).select_related("organisation", "offered_by")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_allocation(person: Any, uid: UUID) -> Allocation:
    rows = Allocation.objects.visible_to(person).select_related("organisation", "accelerator", "requested_by")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_change(person: Any, uid: UUID) -> AllocationChange:
    rows = AllocationChange.objects.visible_to(person)
    found = rows.filter(uid=uid).select_related("allocation__organisation", "allocation__accelerator").first()
    if found is None:
        raise Hidden(uid)
    return found


def access_usage(person: Any, slug: str) -> people.Organisation:
    """A member whose usage this person may read."""
    readable = people.Organisation.objects.filter(visibility_sharing.usage_q(person))
    found = readable.filter(slug=slug).first()
    if found is None:
        raise Hidden(slug)
    return found
