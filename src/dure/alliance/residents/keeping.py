"""Looking after a joint lab: what it is, its rooms and desks, who comes to work there, and the access checklist."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import JointLab, LabSpace, Resident, ResidentAccess
from dure.alliance.residents import checklist, rules, telling
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, workflow
from dure.foundation.access import Actor, Denied, Hidden, Refused, demand
from dure.people import api as people

OF_LAB: Final = ("name_ko", "name_en", "address_ko", "address_en", "host")
MOST_PLACES: Final = 5000
YEARS: Final = range(2000, 2101)
TAKEN_BACK = Refused("access_taken_back", _("This was taken back before, or was never given."))


@transaction.atomic
def make(*, by: people.Person, given: Mapping[str, Any]) -> JointLab:
    """A joint lab. Raises Denied, Faulty."""
    demand(rules.may_make(by))
    keepers = _checked(given)
    made = JointLab.objects.create(**{name: given[name] for name in OF_LAB})
    made.keepers.set(keepers)
    audit.write(by=by, action="joint_lab.made", obj=made)
    return made


@transaction.atomic
def change(lab: JointLab, *, by: people.Person, given: Mapping[str, Any]) -> JointLab:
    """Its name, address and who looks after it. Raises Denied, Faulty."""
    demand(rules.may_make(by))
    keepers = _checked(given)
    JointLab.objects.filter(pk=lab.pk).update(**{name: given[name] for name in OF_LAB})
    lab.keepers.set(keepers)
    audit.write(by=by, action="joint_lab.changed", obj=lab)
    return JointLab.objects.get(pk=lab.pk)


def _checked(given: Mapping[str, Any]) -> list[people.Person]:
    """Who looks after it. Raises Faulty with all that is wrong."""
    faults = (
        []
        if given["name_ko"].strip() or given["name_en"].strip()
        else [Fault("lab_unnamed", place="name_ko")]
    )
    asked = sorted({line.strip().lower() for line in given["keepers"].splitlines() if line.strip()})
    found = list(people.Person.objects.filter(email__in=asked, is_active=True).order_by("pk"))
    known = {str(one.email).lower() for one in found}
    faults += [
        Fault("lab_keeper_unknown", {"value": one}, place="keepers") for one in asked if one not in known
    ]
    if faults:
        raise Faulty(faults)
    return found


def addresses(lab: JointLab) -> str:
    """The mail addresses of who looks after it, one a line."""
    known = lab.keepers.filter(is_active=True, email__isnull=False).order_by("email")
    return "\n".join(str(one) for one in known.values_list("email", flat=True))


@transaction.atomic
def add_space(lab: JointLab, *, by: people.Person, given: Mapping[str, Any]) -> LabSpace:
    """A room or a desk. Raises Denied, Faulty."""
    demand(rules.keeps(by, lab))
    name, faults = given["name"].strip(), []
    if not name or lab.spaces.filter(name=name).exists():
        faults.append(Fault("space_name", place="name"))
    if not 1 <= given["capacity"] <= MOST_PLACES:
        faults.append(Fault("space_capacity", {"limit": MOST_PLACES}, place="capacity"))
    if faults:
        raise Faulty(faults)
    made: LabSpace = lab.spaces.create(kind=given["kind"], name=name, capacity=given["capacity"])
    audit.write(by=by, action="joint_lab.space_added", obj=lab, detail={"space": made.uid})
    return made


@transaction.atomic
def close_space(space: LabSpace, *, by: people.Person, closed: bool = True) -> None:
    """Nobody books it any more; what is booked stays. With `closed=False` it is open again. Raises Denied."""
    demand(rules.keeps(by, space.lab))
    LabSpace.objects.filter(pk=space.pk).update(closed_at=clock.now() if closed else None)
    audit.write(
        by=by, action="joint_lab.space_closed", obj=space.lab, detail={"space": space.uid, "closed": closed}
    )


@transaction.atomic
def expect(lab: JointLab, *, by: people.Person, given: Mapping[str, Any]) -> Resident:
    """Somebody of an organisation who comes to work here; the person is told. Raises Denied, Faulty."""
    demand(rules.keeps(by, lab))
    person = person_of(given["employer"], given["address"])
    faults = [*stay_faults(given), *_desk_faults(lab, given.get("desk"))]
    if person is None:
        faults.append(Fault("resident_unknown", place="address"))
    elif lab.residents.filter(person=person, state__in=("expected", "working", "leaving")).exists():
        faults.append(Fault("resident_twice", place="address"))
    if faults:
        raise Faulty(faults)
    made = _kept(lab, person, given)
    audit.write(by=by, action="resident.expected", obj=made)
    telling.tell_one(telling.EXPECTED, made, but=by)
    return made


def _kept(lab: JointLab, person: Any, given: Mapping[str, Any]) -> Resident:
    try:
        with transaction.atomic():
            return Resident.objects.create(
                lab=lab,
                person=person,
                employer=given["employer"],
                project=given.get("project"),
                desk=given.get("desk"),
                since=given["since"],
                until=given.get("until"),
            )
    except IntegrityError as error:
        raise Faulty([Fault("desk_taken", place="desk")]) from error


def person_of(employer: people.Organisation, address: str) -> people.Person | None:
    """Whoever has this address and belongs to the organisation today: nobody else can be found out by asking."""
    inside = people.Membership.objects.current().filter(organisation=employer)
    near = people.Person.objects.filter(is_active=True, pk__in=inside.values("person_id"))
    return near.filter(email__iexact=address.strip()).first()


def stay_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the days of a stay."""
    since, until = given["since"], given.get("until")
    if since.year not in YEARS or (until is not None and until.year not in YEARS):
        yield Fault("resident_year", place="since")
    if until is not None and until < since:
        yield Fault("resident_days", place="until")


def _desk_faults(lab: JointLab, desk: LabSpace | None, but: Resident | None = None) -> Iterator[Fault]:
    if desk is None:
        return
    taken = Resident.objects.filter(desk=desk).exclude(pk__in=[but.pk] if but else ())
    if desk.lab_id != lab.pk or desk.kind != LabSpace.Kind.DESK or desk.closed_at is not None:
        yield Fault("desk_unknown", place="desk")
    elif taken.exists():
        yield Fault("desk_taken", place="desk")


@transaction.atomic
def change_stay(resident: Resident, *, by: people.Person, given: Mapping[str, Any]) -> Resident:
    """The project, the desk and the last day. Raises Denied, Faulty."""
    locked = Resident.objects.select_for_update(of=("self",)).select_related("lab").get(pk=resident.pk)
    demand(rules.keeps(by, locked.lab))
    if locked.state not in ("expected", "working"):
        raise Denied(rules.HAS_LEFT)
    said: dict[str, Any] = {"since": locked.since, **given}
    faults = [*stay_faults(said), *_desk_faults(locked.lab, given["desk"], locked)]
    if faults:
        raise Faulty(faults)
    locked.project, locked.desk, locked.until = given["project"], given["desk"], given["until"]
    try:
        with transaction.atomic():
            locked.save(update_fields=["project", "desk", "until"])
    except IntegrityError as error:
        raise Faulty([Fault("desk_taken", place="desk")]) from error
    audit.write(by=by, action="resident.changed", obj=locked)
    return locked


@transaction.atomic
def give(resident: Resident, kind: str, *, by: people.Person) -> ResidentAccess:
    """A line of the checklist is done; twice changes nothing. Raises Denied, Hidden for a line that there is not."""
    locked = Resident.objects.select_for_update(of=("self",)).select_related("lab").get(pk=resident.pk)
    demand(rules.keeps(by, locked.lab))
    if kind not in checklist.BY_KEY:
        raise Hidden(kind)
    if locked.state not in ("expected", "working"):
        raise Denied(rules.HAS_LEFT)
    made, fresh = locked.access.get_or_create(kind=kind, defaults={"given_by": by})
    if made.closed_at is not None:
        made.given_at, made.given_by, made.closed_at, made.closed_by = clock.now(), by, None, None
        made.save()
        fresh = True
    if fresh:
        audit.write(by=by, action="resident.access_given", obj=locked, detail={"kind": kind})
    return made


@transaction.atomic
def take_back(resident: Resident, kind: str, *, by: people.Person) -> None:
    """What was given is taken back. Raises Denied, also where it is not out."""
    locked = Resident.objects.select_for_update(of=("self",)).select_related("lab").get(pk=resident.pk)
    demand(rules.keeps(by, locked.lab))
    rows = locked.access.filter(kind=kind, closed_at=None)
    if not rows.update(closed_at=clock.now(), closed_by=by):
        raise Denied(TAKEN_BACK)
    audit.write(by=by, action="resident.access_taken_back", obj=locked, detail={"kind": kind})


def act(resident: Resident, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Resident:
    """Comes in, does not come, leaves, all is taken back. Raises Denied, Hidden."""
    return workflow.perform(resident, action, by=by, data=data)
