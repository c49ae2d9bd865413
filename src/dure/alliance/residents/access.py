"""The only way to a joint lab and its parts from an address."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from dure.alliance.models import JointLab, LabSpace, Resident, SpaceBooking
from dure.alliance.residents import rules
from dure.foundation.access import Hidden, demand

M = TypeVar("M", bound=Model)


def access_lab(person: Any, uid: UUID) -> JointLab:
    """The lab. Raises Hidden unless the person may know of it."""
    return _only(JointLab.objects.visible_to(person).select_related("host"), uid)


def access_kept(person: Any, uid: UUID) -> JointLab:
    """The lab, for who looks after it. Raises Hidden or Denied."""
    lab = access_lab(person, uid)
    demand(rules.keeps(person, lab))
    return lab


def access_space(lab: JointLab, uid: UUID) -> LabSpace:
    return _only(lab.spaces.select_related("lab"), uid)


def access_resident(person: Any, lab: JointLab, uid: UUID) -> Resident:
    """A stay that this person may read. Raises Hidden."""
    rows = Resident.objects.visible_to(person).select_related("person", "employer", "project", "desk")
    found: Resident = _only(rows.filter(lab=lab), uid)
    found.lab = lab
    return found


def access_booking(person: Any, lab: JointLab, uid: UUID) -> SpaceBooking:
    """One's own booking, or any for who looks after the lab. Raises Hidden."""
    rows = SpaceBooking.objects.select_related("space__lab", "person").filter(space__lab=lab)
    if not rules.keeps(person, lab):
        rows = rows.filter(person_id=person.pk)
    return _only(rows, uid)


def _only(rows: "QuerySet[M]", uid: UUID) -> M:
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
