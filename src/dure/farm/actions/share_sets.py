"""Setting members' shares of the farm for a time, and reading which are in force."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from dure.farm import rules_sharing
from dure.farm.models import ShareSet
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people

WHOLE = 10_000


@transaction.atomic
def set_shares(
    *,
    by: people.Person,
    starts_on: date,
    ends_on: date,
    shares: Mapping[str, int],
    rule: Mapping[str, Any],
) -> ShareSet:
    """From that day on these shares hold: hundredths of a percent by the uid of each organisation, together the whole.

    A later set for the same days takes its place. Raises Denied, ValueError for shares that are not the whole.
    """
    demand(rules_sharing.decides(by, None))
    if sum(shares.values()) != WHOLE or min(shares.values(), default=0) < 0:
        raise ValueError("shares are no less than nothing and together the whole")
    made = ShareSet.objects.create(
        starts_on=starts_on, ends_on=ends_on, shares=dict(shares), rule=dict(rule), set_by=by
    )
    detail = {"starts_on": starts_on, "ends_on": ends_on, "shares": dict(shares), "rule": dict(rule)}
    audit.write(by=by, action="farm.shares_set", obj=made, detail=detail)
    return made


def shares_in_force(day: date | None = None) -> ShareSet | None:
    """The set that holds on a day, today where none is named."""
    return ShareSet.objects.in_force(day or clock.today()).first()
