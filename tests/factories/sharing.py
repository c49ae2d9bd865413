"""Capacity that members give and were granted, for tests."""

from datetime import timedelta
from typing import Any

from dure.farm.actions import allocations, contributions
from dure.farm.models import Accelerator, Allocation, Contribution
from dure.foundation import clock, workflow
from dure.foundation.access import Role
from dure.people.models import Membership, Organisation, Person
from tests.factories.people import member, organisation, person


def secretary() -> Person:
    return person(roles=[Role.SECRETARIAT])


def representative(of: Organisation | None = None) -> tuple[Person, Organisation]:
    """Somebody who speaks for a member."""
    firm = of or organisation()
    found = person()
    member(found, firm, Membership.Role.REPRESENTATIVE)
    return found, firm


def contributed(
    of: Organisation | None = None, *, by: Person | None = None, desk: Person | None = None, **values: Any
) -> Contribution:
    """A machine in the farm since yesterday."""
    head, firm = (by, of) if by and of else representative(of)
    given = {"node_name": f"node-of-{firm.slug}", "cores": 8, "memory_gb": 32, **values}
    given = {"starts_on": clock.today() - timedelta(days=1), **given}
    made = contributions.draft(by=head, organisation=firm, values=given)
    offered = workflow.perform(made, "offer", by=head)
    return workflow.perform(offered, "accept", by=desk or secretary())


def asked_hours(of: Organisation | None = None, *, by: Person | None = None, **values: Any) -> Allocation:
    """A request, from today for thirty days unless told otherwise."""
    firm = of or organisation()
    if by is None:
        by = person()
        member(by, firm)
    accelerator = values.pop("accelerator", "npu:atom")
    given = {"kind": "project", "project": "speech", "hours": 100, "purpose": "Try it.", **values}
    given = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=30), **given}
    found = Accelerator.objects.get(key=accelerator) if accelerator else None
    return allocations.request(by=by, organisation=firm, values={**given, "accelerator": found})


def granted(of: Organisation | None = None, *, desk: Person | None = None, **values: Any) -> Allocation:
    """Hours that the secretariat has granted."""
    return allocations.act(asked_hours(of, **values), "approve", by=desk or secretary(), data={})
