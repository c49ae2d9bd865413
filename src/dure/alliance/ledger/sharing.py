"""The rule of reciprocity: what members gave over the last quarters proposes their shares of the farm in the next one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from dure.alliance.ledger import queries, rules, telling
from dure.engines import ledger as engine
from dure.engines.faults import Faulty
from dure.engines.ledger import Quarter, Rule, Share
from dure.farm import api as farm
from dure.foundation import clock, locks
from dure.foundation.access import demand
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Proposal:
    """Shares for a quarter with what they follow from. `digest` names exactly this proposal: only what was seen is applied."""

    quarter: Quarter
    counted: tuple[Quarter, ...]
    rule: Rule
    shares: list[tuple[people.Organisation, Share]]
    unvalued: frozenset[str]

    @property
    def digest(self) -> str:
        return engine.digest_of(self.quarter.name, self.rule, [share for _one, share in self.shares])


def propose(rule: Rule) -> Proposal:
    """For the quarter after today's, from the quarters up to and with today's. Raises Faulty for a rule that is none."""
    now = engine.quarter_of(clock.today())
    members = {str(one.pk): one for one in _members()}
    if faults := engine.rule_faults(rule, len(members)):
        raise Faulty(faults)
    counted = engine.last_quarters(now, rule.quarters)
    points, unvalued = _given(counted, members)
    shares = engine.propose(points, rule)
    return Proposal(now.next, counted, rule, [(members[one.account], one) for one in shares], unvalued)


def _members() -> "list[people.Organisation]":
    """Who shares the farm: organisations that have joined the alliance."""
    return list(people.Organisation.objects.exclude(joined_on=None).order_by("pk"))


def _given(
    counted: tuple[Quarter, ...], members: Mapping[str, people.Organisation]
) -> tuple[dict[str, Decimal], frozenset[str]]:
    """Each member's gifts in points, and the units that no value counts."""
    days = {quarter.starts_on for quarter in counted}
    rows = [row for row in queries.rows() if row.starts_on in days and row.account in members]
    accounts = engine.report(rows, queries.values())
    points = {key: accounts[key].points.gave if key in accounts else Decimal(0) for key in members}
    return points, frozenset(unit for one in accounts.values() for unit in one.unvalued)


@transaction.atomic
def apply(rule: Rule, *, by: people.Person, digest: str) -> farm.ShareSet:
    """Set these shares in the farm. Raises Denied, also when something was entered since they were shown, and Faulty."""
    demand(rules.keeps_ledger(by, None))
    locks.one_at_a_time("alliance.ledger.shares")
    found = propose(rule)
    demand(rules.is_as_seen(found.digest, digest))
    made = farm.set_shares(
        by=by,
        starts_on=found.quarter.starts_on,
        ends_on=found.quarter.ends_on,
        shares={str(one.uid): share.share for one, share in found.shares},
        rule={
            "floor_percent": str(rule.floor),
            "quarters": [quarter.name for quarter in found.counted],
            "points": {one.slug: str(share.given) for one, share in found.shares},
        },
    )
    telling.tell_shares(found.quarter.name, [(one, share.percent) for one, share in found.shares])
    return made
