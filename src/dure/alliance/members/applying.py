"""Applying for membership, and moving an application."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.alliance.members import rules, telling
from dure.alliance.models import Joining
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, workflow
from dure.foundation.access import Actor, demand
from dure.people import api as people


@transaction.atomic
def apply(*, by: people.Person, organisation: people.Organisation, given: Mapping[str, Any]) -> Joining:
    """Ask for membership with `level`, `cooperation`, `why`, `brings`, `contact` and, where there is one, `agreement`.

    Raises Denied, and Faulty with all that is missing.
    """
    locked = people.Organisation.objects.select_for_update().get(pk=organisation.pk)
    demand(rules.may_apply(by, locked))
    faults = _faults(locked, given)
    if faults:
        raise Faulty(faults)
    made = Joining.objects.create(organisation=locked, made_by=by, **given)
    audit.write(by=by, action="joining.applied", obj=made, detail={"organisation": locked})
    telling.tell_secretariat(telling.APPLIED, made)
    return made


def _faults(organisation: people.Organisation, given: Mapping[str, Any]) -> list[Fault]:
    checks = {
        "joining_no_field": ("cooperation", not given["cooperation"]),
        "joining_no_why": ("why", not given["why"].strip()),
        "joining_brings_nothing": ("brings", not given["brings"].strip()),
        "joining_contact_outside": ("contact", not _is_inside(given["contact"], organisation)),
        "joining_not_its_agreement": ("agreement", not _is_its(given.get("agreement"), organisation)),
    }
    return [Fault(code, place=place) for code, (place, is_wrong) in checks.items() if is_wrong]


def _is_inside(contact: Any, organisation: people.Organisation) -> bool:
    return contact is not None and organisation.pk in set(people.organisations_of(contact))


def _is_its(agreement: Any, organisation: people.Organisation) -> bool:
    """None is named, or one of which the organisation is a party; whether it is in force counts when it is accepted."""
    return agreement is None or agreement.parties.filter(organisation=organisation, left_at=None).exists()


def act(joining: Joining, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Joining:
    """Ask back, answer, accept, refuse, withdraw. Raises Denied, Hidden."""
    return workflow.perform(joining, action, by=by, data=data)
