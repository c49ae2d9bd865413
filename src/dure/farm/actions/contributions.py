"""Contributions: written down by a member, offered, and moved through their workflow."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.farm import rules_sharing as rules
from dure.farm.models import Accelerator, Contribution
from dure.foundation import audit, locks, workflow
from dure.foundation.access import Actor, demand
from dure.people import api as people

FIELDS: Final = (
    "node_name",
    "accelerators",
    "cores",
    "memory_gb",
    "kept_percent",
    "starts_on",
    "ends_on",
    "note",
)
NODE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
MOST: Final[Mapping[str, int]] = {"cores": 4096, "memory_gb": 65_536, "kept_percent": 100}
MOST_DEVICES: Final = 1024
Values = Mapping[str, Any]


@transaction.atomic
def draft(*, by: people.Person, organisation: people.Organisation, values: Values) -> Contribution:
    """Write down what a member wants to give. Raises Denied, or Faulty with every fault at its field."""
    demand(rules.may_give(by, organisation))
    contribution = Contribution(organisation=organisation, offered_by=by)
    _fill(contribution, values)
    contribution.save()
    audit.write(by=by, action="contribution.draft", obj=contribution, detail=dict(values))
    return contribution


@transaction.atomic
def edit(*, by: people.Person, contribution: Contribution, values: Values) -> Contribution:
    """Change a draft; what is left out stays."""
    locked = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    demand(rules.may_edit(by, locked))
    _fill(locked, values)
    locked.save()
    audit.write(by=by, action="contribution.edit", obj=locked, detail=dict(values))
    return locked


@transaction.atomic
def act(contribution: Contribution, action: str, *, by: Actor, data: Values) -> Contribution:
    """One move of the workflow. Of two givers of one machine who are accepted at once, the second waits here and is refused."""
    locks.one_at_a_time("farm.machine", contribution.node_name)
    return workflow.perform(contribution, action, by=by, data=data)


def _fill(contribution: Contribution, values: Values) -> None:
    for name in FIELDS:
        if name in values:
            setattr(contribution, name, values[name])
    found = list(_faults(contribution))
    if found:
        raise Faulty(found)


def _faults(contribution: Contribution) -> Iterator[Fault]:
    """Everything that is wrong, each fault at its field."""
    if not NODE_NAME.fullmatch(contribution.node_name):
        yield Fault("share_node_name_letters", place="node_name")
    for name, most in MOST.items():
        if not 0 <= getattr(contribution, name) <= most:
            yield Fault("share_number_out_of_range", {"low": 0, "high": most}, place=name)
    yield from _accelerator_faults(contribution.accelerators)
    yield from end_faults(contribution.starts_on, contribution.ends_on)


def _accelerator_faults(accelerators: Mapping[str, int]) -> Iterator[Fault]:
    known = set(Accelerator.objects.filter(key__in=accelerators).values_list("key", flat=True))
    for key, count in accelerators.items():
        if key not in known:
            yield Fault("share_accelerator_unknown", {"value": key}, place="accelerators")
        elif not 1 <= count <= MOST_DEVICES:
            yield Fault("share_number_out_of_range", {"low": 1, "high": MOST_DEVICES}, place="accelerators")


def end_faults(starts_on: date | None, ends_on: date | None) -> Iterator[Fault]:
    if starts_on and ends_on and ends_on < starts_on:
        yield Fault("share_ends_before_start", place="ends_on")
