"""Memberships: beginning, changing roles, ending."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from dure.foundation import audit, clock, events, notices
from dure.foundation.access import Actor, demand
from dure.people import kinds, rules
from dure.people.events import MembershipEnded, MembershipStarted
from dure.people.models import Membership, Organisation, Person


@transaction.atomic
def start_membership(
    *,
    by: Actor,
    person: Person,
    organisation: Organisation,
    role: str,
    title: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Begin a membership; the caller has asked its own rule. An open one in the same role is returned unchanged."""
    open_one = Membership.objects.open().filter(person=person, organisation=organisation, role=role).first()
    if open_one:
        return open_one
    membership = Membership.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        title=title,
        starts_on=starts_on or clock.today(),
        ends_on=ends_on,
    )
    audit.write(by=by, action="membership.started", obj=membership, detail=membership_detail(membership))
    events.record(MembershipStarted(**_who(membership)))
    return membership


@transaction.atomic
def set_role(membership: Membership, *, by: Actor, role: str) -> Membership:
    """Give another role: the old membership ends and a new one begins, so that history stays readable."""
    locked = _locked(membership)
    demand(rules.may_set_role(by, locked, role=role))
    if locked.role == role:
        return locked
    _end(locked)
    fresh = start_membership(
        by=by, person=locked.person, organisation=locked.organisation, role=role, title=locked.title
    )
    audit.write(by=by, action="membership.role_changed", obj=fresh, detail={"from": locked.role, "to": role})
    _tell(fresh, kinds.ROLE_CHANGED, by=by)
    return fresh


@transaction.atomic
def end_membership(membership: Membership, *, by: Actor) -> Membership:
    """End it now: leaving one's own, or letting somebody go. Raises Denied with the reason (`sole_representative`, …)."""
    locked = _locked(membership)
    demand(rules.may_end(by, locked))
    close_membership(locked, by=by)
    if by.pk != locked.person_id:
        _tell(locked, kinds.MEMBERSHIP_ENDED, by=by)
    return locked


def close_membership(membership: Membership, *, by: Actor) -> None:
    """End a locked membership without asking; the caller has."""
    _end(membership)
    action = "membership.left" if by.pk == membership.person_id else "membership.ended"
    audit.write(by=by, action=action, obj=membership, detail=membership_detail(membership))
    events.record(MembershipEnded(**_who(membership)))


def lock_organisations(ids: Iterable[int]) -> None:
    """Hold the organisations until the transaction ends: two representatives leaving at once must not both be the last but one."""
    list(Organisation.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk").values_list("pk"))


def _locked(membership: Membership) -> Membership:
    lock_organisations([membership.organisation_id])
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    return rows.get(pk=membership.pk)


def _end(membership: Membership) -> None:
    membership.ended_at = clock.now()
    membership.ends_on = max(clock.today(), membership.starts_on)
    membership.save(update_fields=["ended_at", "ends_on"])


def membership_detail(membership: Membership) -> dict[str, Any]:
    """For the audit trail: who, where, as what, from when until when."""
    return {
        "person": membership.person,
        "organisation": membership.organisation,
        "role": membership.role,
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
    }


def _who(membership: Membership) -> dict[str, Any]:
    return {
        "person": membership.person_id,
        "organisation": membership.organisation_id,
        "role": membership.role,
    }


def _tell(membership: Membership, kind: str, *, by: Actor) -> None:
    organisation = membership.organisation
    names = {"organisation_ko": organisation.name_ko, "organisation_en": organisation.name_en}
    role = {"role": membership.role}
    url = reverse("people:organisation", args=[organisation.slug])
    if by.pk != membership.person_id:
        notices.notify([membership.person], kind, url=url, params={**names, **role})
