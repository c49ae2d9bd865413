"""What a member gave, lent and used: sums of the entries, by month, by accelerator and by project."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from dure.farm import visibility_sharing
from dure.farm.models import Accelerator, UsageCursor, UsageEntry
from dure.farm.terms import UNKNOWN_WEIGHT
from dure.farm.usage.raw import CORES
from dure.foundation import clock, shapes
from dure.people import api as people

MONTHS: Final = 12
HOUR: Final = 3600
NONE: Final = Decimal(0)


@dataclass(slots=True)
class Sums:
    """Seconds × units: `given` ran on the member's machines, `lent` of it for others, `used` is its own use of any machine.

    `excused` is what its preempted and lost runs took, which nobody is charged for.
    """

    given: Decimal = NONE
    lent: Decimal = NONE
    used: Decimal = NONE
    excused: Decimal = NONE

    def add(self, other: "Sums", weight: int = 1) -> None:
        self.given += other.given * weight
        self.lent += other.lent * weight
        self.used += other.used * weight
        self.excused += other.excused * weight

    def hours(self, name: str) -> float:
        return round(float(getattr(self, name) / HOUR), 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    name: str
    sums: Sums
    accelerator: str = ""

    @property
    def given(self) -> float:
        return self.sums.hours("given")

    @property
    def lent(self) -> float:
        return self.sums.hours("lent")

    @property
    def used(self) -> float:
        return self.sums.hours("used")

    @property
    def excused(self) -> float:
        return self.sums.hours("excused")


@dataclass(frozen=True, slots=True)
class Usage:
    """A member's page: months weighed by the catalogue (core-hours), kinds and projects in hours of their own unit.

    `until`: everything before it is counted.
    """

    months: list[Line]
    kinds: list[Line]
    projects: list[Line]
    total: Line
    until: datetime | None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def bars(self) -> list[shapes.Balance]:
        """Whole hours. Corrections of an earlier month may leave less than nothing; a bar cannot show that."""
        months = ((line.name, round(line.given), round(line.used)) for line in self.months)
        return shapes.balances((name, max(0, given), max(0, used)) for name, given, used in months)


def usage_of(organisation: people.Organisation) -> Usage:
    """The last twelve months of one member; three queries."""
    first = _first_day(MONTHS)
    rows = _grouped(organisation, unit="month", since=first)
    catalogue = {one.key: one for one in Accelerator.objects.all()}
    weights = {key: one.weight for key, one in catalogue.items()}
    months = {month: Sums() for month in _months(first)}
    kinds, total = defaultdict[str, Sums](Sums), Sums()
    projects: dict[tuple[str, str], Sums] = defaultdict(Sums)
    for day, kind, project, sums in rows:
        weight = 1 if kind == CORES else weights.get(kind, UNKNOWN_WEIGHT)
        months[f"{day:%Y-%m}"].add(sums, weight)
        total.add(sums, weight)
        kinds[kind].add(sums)
        if sums.used or sums.excused:
            projects[project, kind].add(sums)
    cursor = UsageCursor.objects.order_by("until").first()
    return Usage(
        months=[Line(month, sums) for month, sums in months.items()],
        kinds=[Line(kind, kinds[kind], kind) for kind in sorted(kinds)],
        projects=[Line(project, projects[project, kind], kind) for project, kind in sorted(projects)],
        total=Line("", total),
        until=cursor.until if cursor else None,
        names={key: one.name for key, one in catalogue.items()},
    )


Group = tuple[date, str, str, Sums]


def _grouped(organisation: people.Organisation, *, unit: str, since: date) -> Iterable[Group]:
    """Sums of one member by month or day, kind and project. What others ran on its machines stands without a project."""
    params: dict[str, Any] = {
        "member": organisation.pk,
        "unit": unit,
        "since": since,
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(GROUPED, params)
        return [(day, kind, project, Sums(*sums)) for day, kind, project, *sums in cursor.fetchall()]


GROUPED: Final = """
select date_trunc(%(unit)s, hour at time zone %(zone)s)::date, accelerator,
  case when consumer_id = %(member)s then project else '' end,
  coalesce(sum(delivered) filter (where provider_id = %(member)s), 0),
  coalesce(sum(delivered) filter (where provider_id = %(member)s and consumer_id is distinct from %(member)s), 0),
  coalesce(sum(consumed) filter (where consumer_id = %(member)s), 0),
  coalesce(sum(excused) filter (where consumer_id = %(member)s), 0)
from farm_usageentry
where (provider_id = %(member)s or consumer_id = %(member)s)
  and hour >= %(since)s::timestamp at time zone %(zone)s
group by 1, 2, 3 order by 1, 2, 3
"""


def _first_day(months: int) -> date:
    """The first day of the month that lies `months` - 1 before this one."""
    today = clock.today()
    at = today.year * 12 + today.month - months
    return date(at // 12, at % 12 + 1, 1)


def _months(first: date) -> list[str]:
    at, now = first.year * 12 + first.month - 1, clock.today()
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(at, now.year * 12 + now.month)]


def days_of(organisation: people.Organisation) -> list[Group]:
    """The same by day, for a spreadsheet."""
    return list(_grouped(organisation, unit="day", since=_first_day(MONTHS)))


def entries_of(organisation: people.Organisation) -> "QuerySet[UsageEntry]":
    """Every entry that names this member, newest first."""
    mine = Q(provider=organisation) | Q(consumer=organisation)
    return UsageEntry.objects.filter(mine).order_by("-id")


def members(person: Any) -> "QuerySet[people.Organisation]":
    """Members whose usage this person may read."""
    return people.Organisation.objects.filter(visibility_sharing.usage_q(person)).order_by("name_ko", "id")


def of_late(organisations: Iterable[people.Organisation], *, days: int = 30) -> dict[int, Line]:
    """Weighed hours of each of these members in the last days; one query."""
    pks = [one.pk for one in organisations]
    since = clock.now() - timedelta(days=days)
    params: dict[str, Any] = {"members": pks, "since": since, "unknown": UNKNOWN_WEIGHT}
    with connection.cursor() as cursor:
        cursor.execute(OF_LATE, params)
        return {pk: Line("", Sums(*sums)) for pk, *sums in cursor.fetchall()}


OF_LATE: Final = """
select m.id,
  coalesce(sum(u.delivered * w.weight) filter (where u.provider_id = m.id), 0),
  coalesce(sum(u.delivered * w.weight) filter (where u.provider_id = m.id and u.consumer_id is distinct from m.id), 0),
  coalesce(sum(u.consumed * w.weight) filter (where u.consumer_id = m.id), 0),
  coalesce(sum(u.excused * w.weight) filter (where u.consumer_id = m.id), 0)
from unnest(%(members)s::bigint[]) as m(id)
left join farm_usageentry u on (u.provider_id = m.id or u.consumer_id = m.id) and u.hour >= %(since)s
left join lateral (
  select case u.accelerator when '' then 1
    else coalesce((select weight from farm_accelerator where key = u.accelerator), %(unknown)s) end as weight
) w on true
group by m.id
"""
