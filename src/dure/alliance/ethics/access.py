"""The only ways to what stands in ethics from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.ethics import rules
from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember
from dure.foundation.access import Hidden, demand


def access_assessment(person: Any, uid: UUID) -> EthicsAssessment:
    """Raises Hidden unless the person may read it."""
    rows = EthicsAssessment.objects.visible_to(person).select_related("organisation", "author")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_incident(person: Any, uid: UUID) -> EthicsIncident:
    """Raises Hidden unless the person may read it."""
    rows = EthicsIncident.objects.visible_to(person).select_related("organisation", "reporter")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_seat(person: Any, uid: UUID) -> EthicsMember:
    """A seat, for the secretariat. Raises Hidden or Denied."""
    demand(rules.may_demand(person))
    found = EthicsMember.objects.select_related("person").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
