"""Times for interviews: the organisation enters them, an applicant takes one, and no time is taken twice."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.applications import rules, telling
from dure.talent.applications.seats import lock
from dure.talent.models import Application, InterviewSlot, Opening

MOST: Final = 200
"""Of times ahead for one opening."""

SLOT_TAKEN: Final = Refused("slot_taken", _("This time is no longer free. Choose another one."))
OVERLAPS: Final = Refused("slot_overlaps", _("You have another interview at that time. Choose another one."))


@transaction.atomic
def add(
    *,
    by: people.Person,
    opening: Opening,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    link: str = "",
) -> InterviewSlot:
    """Enter a time. Raises Denied, Faulty: also where the place is in use then."""
    locked = lock(opening)
    demand(rules.may_manage(by, locked))
    faults = _faults(starts_at, ends_at, place, link)
    ahead = InterviewSlot.objects.filter(opening=locked, ends_at__gt=clock.now()).count()
    if ahead >= MOST:
        faults.append(Fault("too_many_slots", {"limit": MOST}))
    if not faults and _in_use(locked, starts_at, ends_at, place, link):
        faults.append(Fault("slot_place_in_use", place="place"))
    if faults:
        raise Faulty(faults)
    made = InterviewSlot.objects.create(
        opening=locked, starts_at=starts_at, ends_at=ends_at, place=place, link=link, made_by=by
    )
    audit.write(by=by, action="interview_slot.added", obj=made, detail={"opening": locked})
    return made


def _faults(starts_at: datetime, ends_at: datetime, place: str, link: str) -> list[Fault]:
    faults = []
    if starts_at <= clock.now():
        faults.append(Fault("slot_in_the_past", place="starts_at"))
    if ends_at <= starts_at:
        faults.append(Fault("slot_ends_first", place="ends_at"))
    if not place.strip() and not link.strip():
        faults.append(Fault("slot_nowhere", place="place"))
    if link and not link.startswith("https://"):
        faults.append(Fault("slot_no_https", place="link"))
    return faults


def _in_use(opening: Opening, starts_at: datetime, ends_at: datetime, place: str, link: str) -> bool:
    """Whether the organisation meets somebody else then at the same place or behind the same link."""
    same = Q(pk__in=())
    same |= Q(place=place) if place else Q(pk__in=())
    same |= Q(link=link) if link else Q(pk__in=())
    theirs = InterviewSlot.objects.filter(same, opening__organisation_id=opening.organisation_id)
    return theirs.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists()


@transaction.atomic
def choose(application: Application, slot: InterviewSlot, *, by: people.Person) -> InterviewSlot:
    """Take a free time; the one taken before is free again. Raises Denied, also where one meets somebody else then."""
    opening = lock(application.opening)
    person = people.Person.objects.select_for_update().get(pk=application.person_id)
    demand(rules.may_choose_slot(by, Application.objects.get(pk=application.pk)))
    chosen = InterviewSlot.objects.filter(opening=opening, pk=slot.pk).first()
    if chosen is None or chosen.starts_at <= clock.now() or chosen.taken_by_id not in (None, application.pk):
        raise Denied(SLOT_TAKEN, conflict=True)
    _refuse_overlap(person, application, chosen)
    for before in InterviewSlot.objects.filter(taken_by=application).exclude(pk=chosen.pk):
        _take(before, None)
    _take(chosen, application)
    audit.write(by=by, action="interview_slot.chosen", obj=chosen, detail={"application": application})
    telling.tell_managers(telling.SLOT_TAKEN, application)
    return chosen


def _refuse_overlap(person: people.Person, application: Application, chosen: InterviewSlot) -> None:
    """Nobody is at two interviews at once, whoever invites to them. The person's row is locked."""
    others = InterviewSlot.objects.filter(taken_by__person=person).exclude(taken_by=application)
    if others.filter(starts_at__lt=chosen.ends_at, ends_at__gt=chosen.starts_at).exists():
        raise Denied(OVERLAPS)


def _take(slot: InterviewSlot, application: Application | None) -> None:
    """Each change counts up what calendars compare."""
    slot.taken_by, slot.revision, slot.changed_at = application, slot.revision + 1, clock.now()
    slot.save(update_fields=["taken_by", "revision", "changed_at"])


@transaction.atomic
def call_off(slot: InterviewSlot, *, by: people.Person) -> None:
    """Remove a time; whoever had taken it is told to choose another. Raises Denied."""
    opening = lock(slot.opening)
    demand(rules.may_manage(by, opening))
    found = InterviewSlot.objects.select_related("taken_by__person", "taken_by__opening").get(pk=slot.pk)
    audit.write(by=by, action="interview_slot.called_off", obj=found, detail={"opening": opening})
    if found.taken_by is not None:
        telling.tell_applicant(telling.SLOT_GONE, found.taken_by)
    found.delete()
