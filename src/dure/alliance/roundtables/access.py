"""The only ways to a roundtable or a part of one from an address."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from dure.alliance.models import AgendaItem, Roundtable, RoundtableGuest, RoundtableMaterial, RoundtableTask
from dure.alliance.roundtables import rules
from dure.foundation.access import Hidden, demand

M = TypeVar("M", bound=Model)


def access_roundtable(person: Any, uid: UUID) -> Roundtable:
    """The roundtable. Raises Hidden unless the person may read it."""
    return _found(Roundtable.objects.visible_to(person).filter(uid=uid).first(), uid)


def access_inside(person: Any, uid: UUID) -> Roundtable:
    """The roundtable with guests and tasks. Raises Hidden unless the person may read all of it."""
    return _found(Roundtable.objects.inside_for(person).filter(uid=uid).first(), uid)


def access_own(person: Any, uid: UUID) -> Roundtable:
    """The roundtable, for who still writes on it. Raises Hidden or Denied."""
    roundtable = access_roundtable(person, uid)
    demand(rules.may_edit(person, roundtable))
    return roundtable


def access_item(roundtable: Roundtable, uid: UUID) -> AgendaItem:
    """A point of its agenda. Raises Hidden."""
    return _found(roundtable.items.select_related("topic").filter(uid=uid).first(), uid)


def access_material(roundtable: Roundtable, uid: UUID) -> RoundtableMaterial:
    """Something to read. Raises Hidden."""
    return _found(roundtable.materials.filter(uid=uid).first(), uid)


def access_task(roundtable: Roundtable, uid: UUID) -> RoundtableTask:
    """Something that somebody is to do. Raises Hidden."""
    return _found(roundtable.tasks.select_related("owner").filter(uid=uid).first(), uid)


def guest_of(person: Any, roundtable: Roundtable) -> RoundtableGuest | None:
    """The person's own invitation."""
    return roundtable.guests.filter(person_id=person.pk).first() if person.is_authenticated else None


def _found(row: M | None, uid: UUID) -> M:
    if row is None:
        raise Hidden(uid)
    return row
