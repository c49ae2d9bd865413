"""Around the meeting: who comes and who came, the minutes, and what somebody is to do afterwards."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from dure.alliance.models import GuruTerm, Roundtable, RoundtableGuest, RoundtableTask
from dure.alliance.roundtables import access, rules, telling
from dure.alliance.roundtables.editing import lock, room_faults
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import Role, demand
from dure.people import api as people

MINUTES: Final = ("minutes_ko", "minutes_en")
FIRST: Final = date(1990, 1, 1)
LAST: Final = date(2200, 12, 31)


@transaction.atomic
def answer(roundtable: Roundtable, *, by: people.Person, comes: bool) -> RoundtableGuest:
    """Whether one comes; it can be changed until it begins. Raises Denied."""
    locked = Roundtable.objects.select_for_update(of=("self",)).get(pk=roundtable.pk)
    guest = access.guest_of(by, locked)
    demand(rules.may_answer(guest, locked))
    assert guest is not None  # noqa: S101 - the rule has just said so
    guest.answer = "yes" if comes else "no"
    guest.save(update_fields=["answer"])
    audit.write(by=by, action="roundtable.answer", obj=locked, detail={"comes": comes})
    return guest


@transaction.atomic
def invite(roundtable: Roundtable, *, by: people.Person, address: str) -> RoundtableGuest:
    """Somebody beside the gurus, by the address of their account. Twice changes nothing. Raises Denied, Faulty."""
    locked = lock(roundtable, by)
    person = people.Person.objects.filter(email__iexact=address.strip(), is_active=True).first()
    if person is None:
        raise Faulty([Fault("roundtable_no_account", place="address")])
    guest, is_fresh = RoundtableGuest.objects.get_or_create(roundtable=locked, person=person)
    audit.write(by=by, action="roundtable.invite", obj=locked, detail={"person": person})
    if is_fresh and locked.state == "announced":
        telling.tell_guest(telling.ANNOUNCED, locked, person)
    return guest


@transaction.atomic
def note_attendance(roundtable: Roundtable, *, by: people.Person, came: Iterable[UUID]) -> None:
    """Who of the guests came; the others did not. Raises Denied."""
    locked = lock(roundtable, by)
    demand(rules.has_begun(locked, {}))
    there = Q(person__uid__in=list(came))
    locked.guests.filter(there).update(attended=True)
    locked.guests.exclude(there).update(attended=False)
    audit.write(by=by, action="roundtable.attendance", obj=locked)


@transaction.atomic
def write_minutes(roundtable: Roundtable, *, by: people.Person, given: Mapping[str, Any]) -> Roundtable:
    """The minutes, until they are published. Raises Denied."""
    locked = lock(roundtable, by)
    demand(rules.has_begun(locked, {}))
    for name in MINUTES:
        setattr(locked, name, given[name].strip())
    locked.save(update_fields=MINUTES)
    audit.write(by=by, action="roundtable.minutes", obj=locked)
    return locked


@transaction.atomic
def hand_out(roundtable: Roundtable, *, by: people.Person, given: Mapping[str, Any]) -> RoundtableTask:
    """Something that a guru, a guest or an officer is to do; they are told. Raises Denied, Faulty."""
    locked = lock(roundtable, by)
    demand(rules.has_begun(locked, {}))
    owner = knows(locked, given["address"])
    faults = [] if owner else [Fault("roundtable_stranger", place="address")]
    if not (given["what_ko"].strip() or given["what_en"].strip()):
        faults.append(Fault("roundtable_item_empty", place="what_ko"))
    if not FIRST <= given["due_on"] <= LAST:
        faults.append(Fault("roundtable_day", place="due_on"))
    if faults := faults + room_faults(locked.tasks, "what_ko"):
        raise Faulty(faults)
    said = {name: given[name] for name in ("what_ko", "what_en", "due_on")}
    made: RoundtableTask = locked.tasks.create(owner=owner, **said)
    audit.write(by=by, action="roundtable.task", obj=locked, detail={"what": made.what, "owner": owner})
    telling.tell_owner(made)
    return made


def knows(roundtable: Roundtable, address: str) -> people.Person | None:
    """Whoever has this address and is a guest, a guru or of the secretariat: nobody else can be found out by asking."""
    near = Q(pk__in=roundtable.guests.values("person_id"))
    near |= Q(pk__in=GuruTerm.objects.serving().values("person_id"))
    near |= Q(roles__contains=[Role.SECRETARIAT])
    return people.Person.objects.filter(near, is_active=True, email__iexact=address.strip()).first()


@transaction.atomic
def finish(task: RoundtableTask, *, by: people.Person, outcome: str) -> RoundtableTask:
    """It is done. Raises Denied."""
    locked = RoundtableTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    demand(rules.may_finish(by, locked))
    locked.done_at = clock.now()
    locked.outcome = outcome.strip()
    locked.save(update_fields=["done_at", "outcome"])
    audit.write(by=by, action="roundtable.task_done", obj=locked.roundtable, detail={"what": locked.what})
    return locked
