"""What members agreed on, as it stands today: shares of the farm, what each keeps of its own machines, what a device weighs."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.db import connection

from dure.engines import scheduling
from dure.engines.scheduling import Capacity
from dure.farm.models import Node
from dure.farm.shares import granted_rate, kept_of, proportional
from dure.foundation import clock

WEIGHT: Final[Mapping[str, float]] = {"cores": 1.0, "memory_mib": 1 / 4096}
"""What a second of a unit weighs in a member's usage."""
UNKNOWN_WEIGHT: Final = 30
"""That of an accelerator which is not in the catalogue, for shares, the order of jobs and usage alike."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Whose a machine is, and how much of it that member keeps for itself."""

    member: str
    percent: int


@dataclass(frozen=True, slots=True)
class Terms:
    """`shares` are those of members among members, and of projects within theirs; `kept` goes by the machine's name."""

    shares: Mapping[scheduling.Account, float] = field(default_factory=dict)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHT)


@dataclass(frozen=True, slots=True)
class Given:
    """A contribution in force."""

    member: str
    node_name: str
    percent: int
    cores: int
    accelerators: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Granted:
    """An allocation in force; `weight` is that of a unit of it."""

    member: str
    project: str
    weight: float
    hours: int
    days: int


def terms() -> Terms:
    """Read them; one query, for pages and the runner ask often."""
    with connection.cursor() as cursor:
        cursor.execute(TERMS, {"today": clock.today()})
        weights, given, granted, fixed = map(json.loads, cursor.fetchone())
    held = agreed({**WEIGHT, **weights}, [Given(*one) for one in given], [Granted(*one) for one in granted])
    return as_set(held, fixed)


def as_set(held: Terms, fixed: Mapping[str, int]) -> Terms:
    """The same with the members' shares that the secretariat has set, if any, in place of those that follow; the floor stays."""
    if not fixed:
        return held
    of_projects = {account: share for account, share in held.shares.items() if len(account) > 1}
    weights: dict[scheduling.Account, float] = {(member,): float(share) for member, share in fixed.items()}
    return replace(held, shares={**proportional(weights), **of_projects})


def agreed(weights: Mapping[str, float], given: Sequence[Given], granted: Sequence[Granted]) -> Terms:
    """What follows: a member's share from what it gives and what it was granted, a project's from what it was granted."""
    members: dict[scheduling.Account, float] = defaultdict(float)
    projects: dict[str, dict[scheduling.Account, float]] = defaultdict(lambda: defaultdict(float))
    for one in given:
        devices = sum(count * weights.get(key, UNKNOWN_WEIGHT) for key, count in one.accelerators.items())
        members[one.member,] += one.cores + devices
    for hours in granted:
        rate = granted_rate(hours=hours.hours, weight=hours.weight, days=hours.days)
        members[hours.member,] += rate
        projects[hours.member][hours.member, hours.project] += rate
    shares = proportional(members)
    for of_member in projects.values():
        shares |= proportional(of_member)
    return Terms(shares, {one.node_name: Kept(one.member, one.percent) for one in given}, weights)


TERMS: Final = """
select (select coalesce(jsonb_object_agg(key, weight), '{}') from farm_accelerator)::text,
  (select coalesce(jsonb_agg(
      jsonb_build_array(o.uid, c.node_name, c.kept_percent, c.cores, c.accelerators) order by c.id), '[]')
    from farm_contribution c join people_organisation o on o.id = c.organisation_id
    where c.state = 'accepted' and c.starts_on <= %(today)s and coalesce(c.ends_on, %(today)s) >= %(today)s)::text,
  (select coalesce(jsonb_agg(
      jsonb_build_array(o.uid, a.project, coalesce(t.weight, 1), a.hours, a.ends_on - a.starts_on + 1) order by a.id), '[]')
    from farm_allocation a join people_organisation o on o.id = a.organisation_id
    left join farm_accelerator t on t.id = a.accelerator_id
    where a.state in ('active', 'expiring'))::text,
  coalesce((select shares from farm_shareset where starts_on <= %(today)s and ends_on >= %(today)s
    order by id desc limit 1), '{}')::text
"""


def capacity_of(node: Node, held: Terms) -> Capacity:
    """A machine as the ordering looks at it, with what its giver keeps."""
    amounts = {"cores": node.cores, "memory_mib": node.memory_mib, **node.accelerators}
    kept = held.kept.get(node.name)
    reserved = kept_of(tuple(amounts.values()), kept.percent) if kept else ()
    return Capacity(
        kinds=tuple(amounts),
        amounts=tuple(amounts.values()),
        weights=tuple(held.weights.get(kind, UNKNOWN_WEIGHT) for kind in amounts),
        guaranteed={kept.member: reserved} if kept and any(reserved) else {},
    )
