"""Counting a year: what every figure says, the year before beside it, by region, size and field. Two queries, however many figures.

What comes out is plain JSON with its words in both languages: the page, the files, REST and what is published are made from it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from dure.alliance.figures import table, words
from dure.alliance.figures.table import Figure
from dure.alliance.models import OrganisationFacts
from dure.engines.fairness.cells import Counts
from dure.engines.fairness.suppression import hidden_cells
from dure.foundation import clock
from dure.people import api as people

MINIMUM: Final = 3
"""Groups of fewer people are not shown, nor what would let one compute them."""
FIRST_YEAR: Final = 2000
INSTITUTIONS: Final = ("university", "research", "public")


@dataclass(frozen=True, slots=True)
class Part:
    """What one organisation has in one figure, by field and unit; of one year."""

    code: str
    year: int
    organisation: int | None
    field: str
    unit: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Home:
    """Where an organisation counts."""

    region: str
    size: str


def of_year(year: int) -> dict[str, Any]:
    """All figures of a calendar year as they stand now."""
    today = clock.today()
    known, parts = homes(), _parts(year)
    lines = [_line(figure, year, parts, known) for figure in table.figures()]
    small = _small_firms(year, parts, known)
    return {
        "year": year,
        "made_on": today.isoformat(),
        "is_over": today.year > year,
        "minimum": MINIMUM,
        "lines": [*lines, small],
    }


def _parts(year: int) -> list[Part]:
    """Of the year and of the one before; one query for all figures together."""
    asked = [figure.summed(one) for figure in table.figures() for one in (year, year - 1)]
    if not asked:
        return []
    first, *others = asked
    found = first.union(*others, all=True) if others else first
    return [Part(*row) for row in found if row[-1] is not None]


def homes() -> dict[int, Home]:
    """Where each organisation counts; one query."""
    rows = people.Organisation.objects.order_by("pk").values_list(
        "pk", "kind", "country", "alliance_facts__size", "alliance_facts__region"
    )
    return {pk: home_of(kind, country, size, region) for pk, kind, country, size, region in rows}


def home_of(kind: str, country: str, size: str | None, region: str | None) -> Home:
    """By what was noted; where nothing was, by what its type and country say, and else it is not known."""
    follows = "institution" if kind in INSTITUTIONS else "small" if kind == "startup" else words.UNKNOWN
    return Home(words.ABROAD if country != "KR" else region or words.UNKNOWN, size or follows)


def _line(figure: Figure, year: int, parts: Iterable[Part], known: Mapping[int, Home]) -> dict[str, Any]:
    mine = [part for part in parts if part.code == figure.code]
    now = [part for part in mine if part.year == year]
    return {
        "code": figure.code,
        "counts_people": figure.counts_people,
        "label": words.both(lambda: figure.label),
        "definition": words.both(lambda: figure.definition),
        "amounts": _amounts(figure, mine, year),
        "by": {name: _cells(figure, name, now, known) for name in words.DIMENSIONS},
    }


def _amounts(figure: Figure, mine: Iterable[Part], year: int) -> list[dict[str, Any]]:
    """The totals of both years for each unit; a figure without any row is nought."""
    sums: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for part in mine:
        sums[part.unit][part.year] = sums[part.unit].get(part.year, Decimal(0)) + part.amount
    nought = Decimal(0)
    return (
        [
            {
                "unit": unit,
                "words": words.both(lambda unit=unit: figure.units(unit) if unit else ""),  # type: ignore[misc]
                "now": words.plain(sums[unit].get(year, nought)),
                "before": words.plain(sums[unit].get(year - 1, nought)),
            }
            for unit in sorted(sums) or [""]
        ]
        if sums
        else [{"unit": "", "words": {"ko": "", "en": ""}, "now": "0", "before": "0"}]
    )


def _cells(figure: Figure, name: str, now: Iterable[Part], known: Mapping[int, Home]) -> list[dict[str, Any]]:
    """A breakdown; where people are counted, small groups and what would betray them have no amount."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for part in now:
        sums[part.unit, key_of(name, part, known)] += part.amount
    hidden = too_small(sums) if figure.counts_people else set()
    return [
        {
            "unit": unit,
            "key": key,
            "words": words.both(lambda key=key: _key_words(figure, name, key)),  # type: ignore[misc]
            "amount": None if (unit, key) in hidden else words.plain(amount),
        }
        for (unit, key), amount in sorted(sums.items())
    ]


def key_of(name: str, part: Part, known: Mapping[int, Home]) -> str:
    """The group of a breakdown in which this part counts."""
    if name == "field":
        return part.field or words.UNKNOWN
    home = known.get(part.organisation) if part.organisation is not None else None
    return getattr(home, name) if home else words.NONE


def too_small(sums: Mapping[tuple[str, str], Decimal]) -> set[tuple[str, str]]:
    """Groups of people that are not shown, as the audits of talent hide them: nobody computes one from the others and the total."""
    sizes = {place: int(amount) for place, amount in sums.items()}
    counted = Counts(("group",), {("\t".join(place),): n for place, n in sizes.items()}, {}, 0)
    hidden = {groups[0] for _attributes, groups in hidden_cells((counted,), MINIMUM)}
    return {place for place in sizes if "\t".join(place) in hidden}


def _key_words(figure: Figure, name: str, key: str) -> str:
    if key in words.OTHERS:
        return str(words.OTHERS[key])
    if name == "region":
        return words.region_words(key)
    return str(words.SIZES.get(key, key)) if name == "size" else figure.field_words(key)


def helped(year: int, parts: Iterable[Part], known: Mapping[int, Home]) -> set[int]:
    """Small firms that stand in a figure which says that they were helped."""
    codes = {figure.code for figure in table.figures() if figure.helps}
    return {
        part.organisation
        for part in parts
        if part.year == year
        and part.code in codes
        and part.organisation is not None
        and part.amount > 0
        and known[part.organisation].size == OrganisationFacts.Size.SMALL
    }


def helped_firms(year: int) -> list[int]:
    """Their pks; two queries."""
    return sorted(helped(year, _parts(year), homes()))


def _small_firms(year: int, parts: list[Part], known: Mapping[int, Home]) -> dict[str, Any]:
    """Counted from the other figures."""
    now, before = (helped(one, parts, known) for one in (year, year - 1))
    regions: dict[str, int] = defaultdict(int)
    for firm in now:
        regions[known[firm].region] += 1
    return {
        "code": words.SMALL_FIRMS,
        "counts_people": False,
        "label": words.both(lambda: words.SMALL_FIRMS_LABEL),
        "definition": words.both(lambda: words.SMALL_FIRMS_DEFINITION),
        "amounts": [
            {"unit": "", "words": {"ko": "", "en": ""}, "now": str(len(now)), "before": str(len(before))}
        ],
        "by": {"region": list(_region_cells(regions)), "size": [], "field": []},
    }


def _region_cells(regions: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for key, amount in sorted(regions.items()):
        said = words.both(lambda key=key: words.region_words(key))  # type: ignore[misc]
        yield {"unit": "", "key": key, "words": said, "amount": str(amount)}
