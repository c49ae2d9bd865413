"""Counting people by group, for one attribute or for two together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from dure.engines.fairness.values import Row

Groups = tuple[str, ...]
Place = tuple[tuple[str, ...], Groups]
"""A cell: the attributes of its table, and a group of each."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A table before anything is hidden: people and selected people by group, in the order of the groups' names."""

    attributes: tuple[str, ...]
    people: dict[Groups, int]
    chosen: dict[Groups, int]
    unknown: int

    @property
    def n(self) -> int:
        """People whose answers are known."""
        return sum(self.people.values())

    @property
    def selected(self) -> int:
        """Selected people whose answers are known."""
        return sum(self.chosen.values())


def attributes_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Every attribute that anybody was asked about, by name."""
    return tuple(sorted({attribute for row in rows for attribute in row.groups}))


def groups_of(row: Row, attributes: Sequence[str]) -> Groups | None:
    """The answers of a person to these attributes; None where one is unknown."""
    answers = tuple(row.groups.get(attribute) for attribute in attributes)
    known = tuple(answer for answer in answers if answer is not None)
    return known if len(known) == len(answers) else None


def count(rows: Sequence[Row], attributes: tuple[str, ...]) -> Counts:
    """The table of these attributes. A crossing in which nobody stands has no cell."""
    placed = [(groups_of(row, attributes), row.selected) for row in rows]
    people = Counter(groups for groups, _ in placed if groups is not None)
    chosen = Counter(groups for groups, selected in placed if groups is not None and selected)
    return Counts(
        attributes,
        {groups: people[groups] for groups in sorted(people)},
        {groups: chosen[groups] for groups in sorted(people)},
        len(rows) - people.total(),
    )


def all_counts(rows: Sequence[Row]) -> tuple[Counts, ...]:
    """The tables of an audit: of each attribute, then of each two."""
    attributes = attributes_of(rows)
    wanted = [(one,) for one in attributes] + list(combinations(attributes, 2))
    return tuple(count(rows, table) for table in wanted)
