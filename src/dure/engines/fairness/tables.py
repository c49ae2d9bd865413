"""The tables of a report: counted, compared, hidden where they must be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from dure.engines.fairness.cells import Counts, Groups, Place
from dure.engines.fairness.family import Comparison, adjusted, first_step
from dure.engines.fairness.intervals import rate_interval
from dure.engines.fairness.power import power_for_grave
from dure.engines.fairness.ratios import ratio_interval
from dure.engines.fairness.suppression import hidden_cells
from dure.engines.fairness.values import ALPHA, MINOR, Cell, Estimate, Finding, Table, Verdict
from dure.engines.fairness.verdicts import of_test, together


def published(tables: Sequence[Counts], minimum: int) -> tuple[Table, ...]:
    """The tables with their findings, less what is hidden. The verdict of a table counts its hidden cells."""
    tables = _publishable(tables, minimum)
    findings, hidden = _findings(tables), hidden_cells(tables, minimum)
    return tuple(
        _Printing(table, findings, hidden, _listed(table, tables, hidden)).table() for table in tables
    )


def _publishable(tables: Sequence[Counts], minimum: int) -> list[Counts]:
    """The tables whose totals do not say by themselves what their cells may not: too few people in all, or one in each group."""
    able = [one for one in tables if one.n >= max(minimum, 1) and (minimum == 1 or one.n > len(one.people))]
    told = {one.attributes for one in able}
    return [one for one in able if all((attribute,) in told for attribute in one.attributes)]


def _listed(table: Counts, tables: Sequence[Counts], hidden: frozenset[Place]) -> Sequence[Groups]:
    """The groups that the table names. Where any is hidden, so is who stands in no crossing: a hidden cell may be empty."""
    if not any((table.attributes, group) in hidden for group in table.people):
        return list(table.people)
    singles = {
        one.attributes[0]: [group for (group,) in one.people] for one in tables if len(one.attributes) == 1
    }
    return list(product(*(singles[attribute] for attribute in table.attributes)))


def _findings(tables: Sequence[Counts]) -> dict[Place, Finding]:
    """What is found of each group that has others beside it."""
    compared = {place: one for table in tables for place, one in _comparisons(table)}
    asked = {place: one for place, one in compared.items() if _asked(place, compared) == place}
    ratio = first_step(list(asked.values()))
    found = dict(zip(asked, adjusted(list(asked.values())), strict=True))
    return {
        place: _finding(one, level=one.weight * ratio, after_all=found[_asked(place, compared)])
        for place, one in compared.items()
    }


def _comparisons(table: Counts) -> Iterator[tuple[Place, Comparison]]:
    """Each group against all others. Of two groups both comparisons are one, so the table has one to share its part among."""
    size = len(table.people)
    for group in table.people if size > 1 else ():
        yield (table.attributes, group), _against_others(table, group, 1.0 if size == 2 else 1 / size)


def _asked(place: Place, compared: Mapping[Place, Comparison]) -> Place:
    """The comparison that is tested for this place: of two groups that of the first answers for both."""
    beside = [other for other in compared if other[0] == place[0]]
    return beside[0] if len(beside) == 2 else place


def _against_others(table: Counts, group: Groups, weight: float) -> Comparison:
    n, chosen = table.people[group], table.chosen[group]
    return Comparison(chosen, n, table.selected - chosen, table.n - n, weight)


def _finding(one: Comparison, *, level: float, after_all: float) -> Finding:
    power = power_for_grave(one.n1, one.n2, level=level, selected=one.x1 + one.x2)
    return Finding(_side(one), one.p, after_all, power, of_test(after_all, power))


def _side(one: Comparison) -> Literal["lower", "higher", "equal"]:
    here, others = one.x1 * one.n2, one.x2 * one.n1
    return "lower" if here < others else "higher" if here > others else "equal"


@dataclass(frozen=True, slots=True)
class _Printing:
    """One table on its way into the report."""

    counts: Counts
    findings: Mapping[Place, Finding]
    hidden: frozenset[Place]
    listed: Sequence[Groups]

    def table(self) -> Table:
        counts, reference = self.counts, self._reference()
        cells = tuple(self._cell(group, reference) for group in self.listed)
        return Table(
            counts.attributes, counts.n, counts.selected, counts.unknown, reference, cells, self._verdict()
        )

    def _verdict(self) -> Verdict:
        found = {group: self.findings.get((self.counts.attributes, group)) for group in self.counts.people}
        weighed = [one.verdict for group, one in found.items() if one and not self._minor(group)]
        return together(weighed, (one.verdict for one in found.values() if one))

    def _reference(self) -> Groups | None:
        """The published group with the highest rate, minor ones aside; of equals the largest, then the first by name."""
        able = [group for group in self.counts.people if not self._hides(group) and not self._minor(group)]
        return max(able, key=lambda group: (self._rate(group), self.counts.people[group]), default=None)

    def _cell(self, group: Groups, reference: Groups | None) -> Cell:
        if self._hides(group):
            return Cell(group, None, None, None, None, minor=False, finding=None)
        n, chosen = self.counts.people[group], self.counts.chosen[group]
        finding = self.findings.get((self.counts.attributes, group))
        ratio = None if reference in {None, group} else self._ratio(group, reference)
        return Cell(group, n, chosen, rate_interval(chosen, n), ratio, self._minor(group), finding)

    def _ratio(self, group: Groups, reference: Groups | None) -> Estimate | None:
        """The impact ratio. Which group is the highest is known from the data alone, so the interval holds for every candidate."""
        if reference is None or not self.counts.chosen[reference]:
            return None
        people, chosen = self.counts.people, self.counts.chosen
        error = ALPHA / (len(people) - 1)
        return ratio_interval(chosen[group], people[group], chosen[reference], people[reference], error)

    def _rate(self, group: Groups) -> float:
        return self.counts.chosen[group] / self.counts.people[group]

    def _minor(self, group: Groups) -> bool:
        return self.counts.people[group] < MINOR * self.counts.n

    def _hides(self, group: Groups) -> bool:
        return group not in self.counts.people or (self.counts.attributes, group) in self.hidden
