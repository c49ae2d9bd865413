"""Rooms: kept by organisations, and used by the cohorts that they have to do with."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock, notices
from dure.foundation.access import Denied, Hidden, Refused, Role, demand, has_role
from dure.foundation.faults import Fault, Faulty
from dure.learn.cohorts import rules_sessions
from dure.learn.cohorts.notice_group import COHORTS
from dure.learn.models import ClassSession, Cohort, Room
from dure.people import api as people

TEXTS: Final = ("name", "address", "access")
FIELDS: Final = (*(f"{name}_{language}" for name in TEXTS for language in ("ko", "en")), "seats")
MOST_SEATS: Final = 2000
CLOSED = Refused("room_closed", _("This room is closed already."))
ROOM_CLOSED = notices.register_kind(
    "learn.room_closed",
    _("A room of my cohort's sessions is closed"),
    _("The room “%(room)s” is closed, and sessions of “%(cohort)s” are planned there: move them."),
    group=COHORTS,
)


def kept_by(person: Any) -> QuerySet[people.Organisation]:
    """The organisations whose rooms this person keeps. Raises nothing: a stranger keeps none."""
    if not person.is_authenticated:
        return people.Organisation.objects.none()
    if has_role(person, Role.SECRETARIAT):
        return people.Organisation.objects.all()
    own = people.own_organisations(person)
    if has_role(person, Role.INSTRUCTOR):
        return own
    return own.filter(pk__in=people.represented_organisations(person))


def listed(person: Any) -> QuerySet[Room]:
    """The rooms that this person keeps, closed ones last. Raises Denied for who keeps none."""
    kept = kept_by(person)
    if not kept.exists():
        raise Denied(rules_sessions.NOT_ROOM_KEEPER)
    rows = Room.objects.filter(organisation__in=kept).select_related("organisation")
    return rows.order_by("closed_at", "organisation_id", "name_ko", "pk")


def usable(person: Any, cohort: Cohort, *, session: ClassSession | None = None) -> QuerySet[Room]:
    """Open rooms where a cohort can meet: of who gives the course or seats in it, and of those to whom the person belongs.

    The room of `session` is among them, whosever it is.
    """
    near = Q(organisation=cohort.course.organisation_id) | Q(
        organisation__in=cohort.blocks.values("sponsor_id")
    )
    near |= Q(organisation__in=kept_by(person)) | Q(organisation__in=people.organisations_of(person))
    own = Q(pk=session.room_id) if session is not None else Q(pk=None)
    return Room.objects.filter(Q(near, closed_at=None) | own).select_related("organisation")


def access_room(person: Any, uid: UUID) -> Room:
    """A room that this person keeps. Raises Hidden for others."""
    room = Room.objects.select_related("organisation").filter(uid=uid, organisation__in=kept_by(person))
    found = room.first()
    if found is None:
        raise Hidden(uid)
    return found


@transaction.atomic
def add(*, by: people.Person, organisation: people.Organisation, given: Mapping[str, Any]) -> Room:
    """A new room of an organisation. Raises Denied, Faulty."""
    demand(rules_sessions.may_keep_rooms(by, organisation))
    room = Room.objects.create(organisation=organisation, **_checked(given))
    audit.write(by=by, action="room.added", obj=room)
    return room


@transaction.atomic
def change(*, by: people.Person, room: Room, given: Mapping[str, Any]) -> Room:
    """Write it anew. Raises Denied, Faulty."""
    demand(rules_sessions.may_keep_rooms(by, room.organisation))
    Room.objects.filter(pk=room.pk).update(**_checked(given))
    audit.write(by=by, action="room.changed", obj=room)
    room.refresh_from_db()
    return room


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a room; a text in one language stands for both. Raises Faulty."""
    fields = {name: given.get(name) or "" for name in FIELDS}
    for name in TEXTS:
        ko, en = str(fields[f"{name}_ko"]).strip(), str(fields[f"{name}_en"]).strip()
        fields[f"{name}_ko"], fields[f"{name}_en"] = ko or en, en or ko
    missing = [
        Fault("room_text_missing", place=f"{name}_ko") for name in TEXTS[:2] if not fields[f"{name}_ko"]
    ]
    if not 1 <= int(fields["seats"] or 0) <= MOST_SEATS:
        missing.append(Fault("room_seats_odd", {"limit": MOST_SEATS}, place="seats"))
    if missing:
        raise Faulty(missing)
    return fields


@transaction.atomic
def close(*, by: people.Person, room: Room) -> int:
    """Nobody plans in it any more. Those who lead cohorts that still meet there are told; returns how many sessions that are."""
    demand(rules_sessions.may_keep_rooms(by, room.organisation))
    locked = Room.objects.select_for_update().get(pk=room.pk)
    if locked.closed_at is not None:
        raise Denied(CLOSED, conflict=True)
    locked.closed_at = clock.now()
    locked.save(update_fields=["closed_at"])
    audit.write(by=by, action="room.closed", obj=locked)
    ahead = locked.sessions.filter(called_off_at=None, starts_at__gt=clock.now())
    for cohort in Cohort.objects.filter(pk__in=ahead.values("cohort_id")).prefetch_related("coaches"):
        _tell(cohort, locked, by)
    return ahead.count()


def _tell(cohort: Cohort, room: Room, by: Any) -> None:
    params = {
        "room_ko": room.name_ko,
        "room_en": room.name_en,
        "cohort_ko": cohort.name_ko,
        "cohort_en": cohort.name_en,
    }
    told = [coach for coach in cohort.coaches.all() if coach.pk != by.pk]
    notices.notify(told, ROOM_CLOSED, url=reverse("learn:sessions", args=[cohort.uid]), params=params)
