"""Hours: asked for by a member, granted by the secretariat, changed, renewed, and ended by the clock."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.farm import expiry, notices_sharing
from dure.farm import rules_sharing as rules
from dure.farm.actions.contributions import end_faults
from dure.farm.models import Allocation, AllocationChange
from dure.foundation import audit, clock, locks, workflow
from dure.foundation.access import SYSTEM, Actor, demand
from dure.people import api as people

FIELDS: Final = ("kind", "project", "accelerator", "hours", "starts_on", "ends_on", "purpose")
CHANGE_FIELDS: Final = ("hours", "ends_on", "purpose")
Values = Mapping[str, Any]


@transaction.atomic
def request(*, by: people.Person, organisation: people.Organisation, values: Values) -> Allocation:
    """Ask for hours on behalf of a member. Raises Denied, or Faulty with every fault at its field."""
    demand(rules.may_ask_for(by, organisation))
    given = {name: values[name] for name in FIELDS} | {"project": values["project"].strip()}
    allocation = Allocation(organisation=organisation, requested_by=by, **given)
    _refuse_faulty([*_faults(allocation), *end_faults(allocation.starts_on, allocation.ends_on)])
    allocation.save()
    audit.write(by=by, action="allocation.request", obj=allocation, detail=dict(values))
    notices_sharing.secretariat(notices_sharing.REQUESTED, allocation)
    return allocation


@transaction.atomic
def ask_change(*, by: people.Person, allocation: Allocation, values: Values) -> AllocationChange:
    """Ask for other hours or another last day. Raises Denied, or Faulty."""
    locked = Allocation.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
    demand(rules.may_change(by, locked))
    wanted = AllocationChange(
        allocation=locked, requested_by=by, **{name: values[name] for name in CHANGE_FIELDS}
    )
    wanted.is_renewal = wanted.ends_on > locked.ends_on
    _refuse_faulty([*_faults(wanted), *end_faults(locked.starts_on, wanted.ends_on)])
    wanted.save()
    audit.write(by=by, action="allocation_change.request", obj=wanted, detail=dict(values))
    notices_sharing.secretariat(notices_sharing.CHANGE_REQUESTED, locked)
    return wanted


def _refuse_faulty(found: list[Fault]) -> None:
    if found:
        raise Faulty(found)


def _faults(asked: Allocation | AllocationChange) -> Iterator[Fault]:
    if not 1 <= asked.hours <= rules.MOST_HOURS:
        yield Fault("share_number_out_of_range", {"low": 1, "high": rules.MOST_HOURS}, place="hours")
    if asked.ends_on < clock.today():
        yield Fault("share_day_is_past", place="ends_on")
    if not asked.purpose.strip():
        yield Fault("share_purpose_missing", place="purpose")


@transaction.atomic
def act(allocation: Allocation, action: str, *, by: Actor, data: Values) -> Allocation:
    """One move of the workflow, and what time makes of it at once: granted from today on, it is active."""
    _alone_with(allocation.organisation_id)
    return settle(workflow.perform(allocation, action, by=by, data=data))


@transaction.atomic
def act_on_change(wanted: AllocationChange, action: str, *, by: Actor, data: Values) -> AllocationChange:
    """One move of a change; a later end takes the allocation back from its end."""
    _alone_with(wanted.organisation_id)
    moved = workflow.perform(wanted, action, by=by, data=data)
    settle(Allocation.objects.get(pk=moved.allocation_id))
    return moved


def _alone_with(organisation_id: int) -> None:
    """Whether hours are there already is asked of the other rows: of two who grant a member hours at once, the second waits."""
    locks.one_at_a_time("farm.hours", organisation_id)


@transaction.atomic
def settle(allocation: Allocation) -> Allocation:
    """Make every move that time has made due, and tell of an end that comes near; harmless when nothing is due."""
    while action := expiry.due(allocation, today=clock.today()):
        allocation = workflow.perform(allocation, action, by=SYSTEM)
    days = expiry.to_warn(allocation, today=clock.today())
    if days is not None:
        allocation.warned_days = days
        allocation.save(update_fields=["warned_days"])
        notices_sharing.askers(
            notices_sharing.EXPIRES, allocation, by=SYSTEM, day=allocation.ends_on.isoformat()
        )
    return allocation
