"""What a member is: entered at a level, moved, spoken for by deputies."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from dure.alliance.members import rules
from dure.alliance.models import Member, MemberLevel
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, workflow
from dure.foundation.access import Actor, Denied, demand
from dure.people import api as people

DEPUTY: Final = "대표 대리 / Deputy"
"""The position of a deputy; people of both languages read it."""


@transaction.atomic
def enter(organisation: people.Organisation, *, by: people.Person, level: MemberLevel) -> Member:
    """Give a level to an organisation that is in the register as a member since earlier. Raises Denied."""
    demand(rules.only_secretariat(by))
    locked = people.Organisation.objects.select_for_update().get(pk=organisation.pk)
    if locked.joined_on is None or not locked.is_member:
        raise Denied(rules.NOT_MEMBER)
    if locked.alliance_memberships.filter(until=None).exists():
        raise Denied(rules.IS_MEMBER)
    made = Member.objects.create(organisation=locked, level=level, since=locked.joined_on)
    audit.write(by=by, action="alliance_member.entered", obj=made, detail={"level": level.slug})
    return made


def act(member: Member, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Member:
    """Change the level, let it rest or go on, leave, end. Raises Denied, Hidden."""
    return workflow.perform(member, action, by=by, data=data)


@transaction.atomic
def name_deputy(
    organisation: people.Organisation, *, by: people.Person, deputy: people.Person, since: date, until: date
) -> people.Membership:
    """Somebody of the organisation speaks for it for a time, as its representatives do. Raises Denied, Faulty."""
    demand(rules.may_name_deputy(by, organisation, deputy))
    faults = []
    if until < since:
        faults.append(Fault("deputy_ends_first", place="until"))
    if until < clock.today():
        faults.append(Fault("deputy_is_past", place="until"))
    if faults:
        raise Faulty(faults)
    return people.start_membership(
        by=by,
        person=deputy,
        organisation=organisation,
        role=people.Membership.Role.REPRESENTATIVE,
        title=DEPUTY,
        starts_on=since,
        ends_on=until,
    )


@transaction.atomic
def put_level(level: MemberLevel | None, *, by: people.Person, given: Mapping[str, Any]) -> MemberLevel:
    """Make a level or change one. Raises Denied, Faulty."""
    demand(rules.only_secretariat(by))
    others = MemberLevel.objects.exclude(pk=level.pk) if level else MemberLevel.objects.all()
    if others.filter(slug=given["slug"]).exists():
        raise Faulty([Fault("member_level_taken", {"value": given["slug"]}, place="slug")])
    row = level or MemberLevel()
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    audit.write(by=by, action="member_level.put", obj=row, detail=dict(given))
    return row
