"""Which cells are not published, so that no small one can be had by subtraction either.

A cell with fewer people than the minimum is hidden. What is published beside it are sums: each table adds up to its known
people, and a row of a crossing adds up to that group's cell in the attribute's own table, with the people whose other answer is
unknown. A hidden number can be computed exactly when the equations leave it no freedom, that is when every vector of their null
space is zero there; then the smallest published cell that shares an equation with it is hidden too, until none can be computed.
The same is done where hidden cells that add up to something known are together fewer than the minimum: 1 and 1 are all that 2
can be. (The linear view: Gusfield, A graph theoretic approach to statistical data security, SIAM Journal on Computing 17 (1988),
552-571.) Selected people add up in the same way, so that the same cells serve for both.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dure.engines.fairness.cells import Counts, Groups, Place

Key = tuple[tuple[str, ...], tuple[str | None, ...]]
"""A number somebody may want to know: the attributes, and the groups, None for those who did not answer."""
Equation = Mapping[Key, int]
"""Numbers with the sign that each has in a sum that a reader knows."""
_NOTHING: Final = 1e-9


def hidden_cells(tables: Sequence[Counts], minimum: int) -> frozenset[Place]:
    """The cells to hide, by attributes and groups: those under the minimum and as few others as are found one by one."""
    sizes = {(table.attributes, groups): n for table in tables for groups, n in table.people.items()}
    numbers: dict[Key, int] = dict(sizes.items())
    hidden = {key for key, n in numbers.items() if n < minimum}
    equations = _equations(tables)
    while (partner := _next(equations, numbers, hidden, minimum)) is not None:
        hidden.add(partner)
    return frozenset(key for key in sizes if key in hidden)


def _next(
    equations: Sequence[Equation], sizes: Mapping[Key, int], hidden: set[Key], minimum: int
) -> Key | None:
    """The next cell to hide: the smallest that shares an equation with one that is not safe; None when all are."""
    published = {key: n for key, n in sizes.items() if key not in hidden}
    unseen = {key for equation in equations for key in equation if key not in sizes}
    bare = (_computable(equations, hidden | unseen) & hidden) | _in_small_sums(
        equations, sizes, hidden, minimum
    )
    beside = {
        key for equation in equations if bare & equation.keys() for key in equation.keys() & published.keys()
    }
    return min(beside, key=lambda key: (published[key], repr(key)), default=None)


def _in_small_sums(
    equations: Sequence[Equation], sizes: Mapping[Key, int], hidden: set[Key], minimum: int
) -> set[Key]:
    """Hidden cells whose sum can be had and is less than the minimum, or one person in each."""
    summed = [{key for key in equation if key not in sizes or key in hidden} for equation in equations]
    known = [
        keys
        for keys, equation in zip(summed, equations, strict=True)
        if all(key in sizes and equation[key] > 0 for key in keys)
    ]
    return {
        key for keys in known for key in keys if sum(sizes[one] for one in keys) < max(minimum, len(keys) + 1)
    }


def _equations(tables: Sequence[Counts]) -> list[Equation]:
    """Every sum of numbers that a reader knows."""
    return [equation for table in tables for equation in (_of_table(table), *_of_rows(table, tables))]


def _of_table(table: Counts) -> Equation:
    return {(table.attributes, groups): 1 for groups in table.people}


def _of_rows(table: Counts, tables: Sequence[Counts]) -> Iterator[Equation]:
    """The rows and columns of a crossing, and the people of each attribute whose other answer is unknown: their sum is known."""
    for margin in tables:
        if len(margin.attributes) == 1 and margin.attributes[0] in table.attributes != margin.attributes:
            rows = [_row(table, margin, groups) for groups in margin.people]
            yield from rows
            yield {key: 1 for row in rows for key in row if None in key[1]}


def _row(table: Counts, margin: Counts, groups: Groups) -> Equation:
    """A group's cell in its own table less the cells of a crossing that add up to it; those without the other answer if any are."""
    at = table.attributes.index(margin.attributes[0])
    across = {cell: n for cell, n in table.people.items() if cell[at] == groups[0]}
    row: dict[Key, int] = {(margin.attributes, groups): -1}
    row.update({(table.attributes, cell): 1 for cell in across})
    if sum(across.values()) < margin.people[groups]:
        row[table.attributes, (groups[0], None) if at == 0 else (None, groups[0])] = 1
    return row


def _computable(equations: Sequence[Equation], hidden: set[Key]) -> set[Key]:
    """The hidden numbers that the equations leave no freedom."""
    names = sorted(hidden, key=repr)
    place = {key: column for column, key in enumerate(names)}
    matrix = np.zeros((len(equations), len(names)))
    for row, equation in enumerate(equations):
        for key in equation.keys() & place.keys():
            matrix[row, place[key]] = equation[key]
    free = _freedom(matrix)
    return {key for key in names if free[place[key]] < _NOTHING}


def _freedom(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each column, how far the null space reaches into it, in [0, 1]."""
    if not matrix.size:
        return np.ones(matrix.shape[1])
    _, singular, right = np.linalg.svd(matrix)
    rank = int((singular > _NOTHING).sum())
    return np.asarray(np.square(right[rank:]).sum(axis=0))
