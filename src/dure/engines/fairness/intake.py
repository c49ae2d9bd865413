"""Whether rows can be audited: all faults at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import isfinite

from dure.engines.fairness.cells import attributes_of
from dure.engines.fairness.values import Row
from dure.engines.faults import Fault


def faults_in(rows: Sequence[Row], minimum: int) -> list[Fault]:
    """What is wrong with the rows and the least size of a cell; `row` counts the rows given from 1."""
    return [
        *_of_the_whole(rows, minimum),
        *_twice(rows),
        *(fault for at, row in enumerate(rows, 1) for fault in _of_row(at, row)),
    ]


def _of_the_whole(rows: Sequence[Row], minimum: int) -> Iterator[Fault]:
    if not rows:
        yield Fault("fairness_nobody")
    elif not attributes_of(rows):
        yield Fault("fairness_no_attribute")
    if minimum < 1:
        yield Fault("fairness_minimum", {"value": minimum})


def _of_row(at: int, row: Row) -> Iterator[Fault]:
    if row.score is not None and not isfinite(row.score):
        yield Fault("fairness_score", {"value": row.score}, row=at)
    if row.position is not None and row.position < 1:
        yield Fault("fairness_position", {"value": row.position}, row=at)
    if row.probability is not None and not 0 <= row.probability <= 1:
        yield Fault("fairness_probability", {"value": row.probability}, row=at)


def _twice(rows: Sequence[Row]) -> Iterator[Fault]:
    taken = Counter(row.position for row in rows if row.position is not None)
    return (
        Fault("fairness_position_twice", {"value": position})
        for position, count in taken.items()
        if count > 1
    )
