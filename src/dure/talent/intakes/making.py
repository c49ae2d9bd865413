"""Making an intake: what is said of it, its hosts and its sponsors."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, events
from dure.foundation.access import demand
from dure.people import api as people
from dure.talent.events import HostAdded
from dure.talent.intakes import rules
from dure.talent.models import Intake, IntakeHost, IntakeSponsor, Opening

FIELDS: Final = (
    "programme",
    "kind",
    "term",
    "title_ko",
    "title_en",
    "about_ko",
    "about_en",
    "eligibility_ko",
    "eligibility_en",
    "documents_ko",
    "documents_en",
    "is_abroad",
    "starts_on",
    "ends_on",
)
FITTING: Final[Mapping[str, tuple[str, ...]]] = {
    Intake.Kind.EXCHANGE: (Opening.Kind.EXCHANGE,),
    Intake.Kind.INTERNSHIP: (Opening.Kind.INTERNSHIP,),
    Intake.Kind.SCHOLARSHIP: (Opening.Kind.SCHOLARSHIP,),
    Intake.Kind.SECONDMENT: (Opening.Kind.SECONDMENT,),
    Intake.Kind.TEAM: (Opening.Kind.TEAM_SEAT,),
}
"""Which openings an intake of each kind takes as hosts."""


@transaction.atomic
def create(*, by: people.Person, organisation: people.Organisation, given: Mapping[str, Any]) -> Intake:
    """An intake in preparation. Raises Denied, Faulty."""
    demand(rules.may_run(by, organisation))
    check(given)
    made = Intake.objects.create(organisation=organisation, made_by=by, **_fields(given))
    audit.write(by=by, action="intake.made", obj=made)
    return made


@transaction.atomic
def edit(intake: Intake, *, by: people.Person, given: Mapping[str, Any]) -> Intake:
    """Change what is said of it. The dates of stays stay. Raises Denied, Faulty."""
    demand(rules.may_manage(by, intake))
    check(given)
    locked = lock(intake)
    for name, value in _fields(given).items():
        setattr(locked, name, value)
    locked.save(update_fields=[*FIELDS])
    audit.write(by=by, action="intake.changed", obj=locked)
    return locked


def _fields(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in FIELDS}


def check(given: Mapping[str, Any]) -> None:
    """Raise Faulty where it would end before it starts."""
    if given["ends_on"] < given["starts_on"]:
        raise Faulty([Fault("intake_ends_first", place="ends_on")])


@transaction.atomic
def add_host(
    intake: Intake, *, by: people.Person, opening: Opening, group_ko: str = "", group_en: str = ""
) -> IntakeHost:
    """Take an opening as a host. Raises Denied, and Faulty where its kind does not fit or it has an intake already."""
    demand(rules.may_manage(by, intake))
    lock(intake)
    faults = []
    if opening.kind not in FITTING[intake.kind]:
        faults.append(Fault("intake_other_kind", place="opening"))
    if IntakeHost.objects.filter(opening=opening).exists():
        faults.append(Fault("intake_has_host", place="opening"))
    if faults:
        raise Faulty(faults)
    host = IntakeHost.objects.create(intake=intake, opening=opening, group_ko=group_ko, group_en=group_en)
    audit.write(by=by, action="intake.host_added", obj=intake, detail={"opening": str(opening.uid)})
    events.record(HostAdded(host=str(host.uid)))
    return host


@transaction.atomic
def name_supervisor(host: IntakeHost, *, by: people.Person, supervisor: people.Person | None) -> IntakeHost:
    """Say who looks after those who come to this host from now on; None: nobody yet. Stays that there are keep theirs.

    Raises Denied, and Faulty for somebody who does not belong to the host.
    """
    demand(rules.may_manage(by, host.intake))
    if supervisor is not None and not belongs(supervisor, host):
        raise Faulty([Fault("stay_supervisor_elsewhere", place="supervisor")])
    host.supervisor = supervisor
    host.save(update_fields=["supervisor"])
    named = {"opening": str(host.opening.uid), "supervisor": str(supervisor.uid) if supervisor else ""}
    audit.write(by=by, action="intake.host_supervisor", obj=host.intake, detail=named)
    return host


def belongs(person: people.Person, host: IntakeHost) -> bool:
    """Whether somebody is of the organisation that hosts."""
    return people.own_organisations(person).filter(pk=host.opening.organisation_id).exists()


@transaction.atomic
def remove_host(host: IntakeHost, *, by: people.Person) -> None:
    """Take a host out that nobody goes to. Raises Denied, Faulty."""
    demand(rules.may_manage(by, host.intake))
    lock(host.intake)
    if host.stays.exists():
        raise Faulty([Fault("intake_host_in_use", place="host")])
    audit.write(
        by=by, action="intake.host_removed", obj=host.intake, detail={"opening": str(host.opening.uid)}
    )
    host.delete()


@transaction.atomic
def add_sponsor(
    intake: Intake,
    *,
    by: people.Person,
    organisation: people.Organisation,
    seats: int,
    pays_ko: str = "",
    pays_en: str = "",
) -> IntakeSponsor:
    """Say who pays for how many seats; said again, it replaces the earlier word. Raises Denied, Faulty below the seats in use."""
    demand(rules.may_manage(by, intake))
    lock(intake)
    used = intake.stays.filter(sponsor__organisation=organisation).exclude(state="broken_off").count()
    if seats < used:
        raise Faulty([Fault("intake_seats_in_use", {"used": used}, place="seats")])
    given = {"seats": seats, "pays_ko": pays_ko, "pays_en": pays_en}
    sponsor, _new = intake.sponsors.update_or_create(organisation=organisation, defaults=given)
    audit.write(by=by, action="intake.sponsor", obj=intake, detail={"seats": seats})
    return sponsor


def lock(intake: Intake) -> Intake:
    """The intake's row, locked till the transaction ends."""
    rows = Intake.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "programme").get(pk=intake.pk)
