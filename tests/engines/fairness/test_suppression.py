"""A hidden cell cannot be worked out from what is published: tried by writing out every crossing that could be behind it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.fairness import Cell, Report, Row, audit
from tests.engines.fairness.oracle import people

Groups = tuple[str | None, ...]
Crossing = Mapping[Groups, int]


def splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to share people among so many places."""
    if parts == 1:
        yield (total,)
    else:
        yield from ((first, *rest) for first in range(total + 1) for rest in splits(total - first, parts - 1))


def matches(report: Report, crossing: Crossing) -> bool:
    """Whether these people, by both answers, would give all that the report publishes; in a named group is somebody."""
    return all(
        table.n == sum(n for groups, n in crossing.items() if None not in of(groups, table.attributes))
        and all(could_be(total(crossing, table.attributes, cell.groups), cell) for cell in table.cells)
        for table in report.tables
    )


def could_be(n: int, cell: Cell) -> bool:
    return n == cell.n or (cell.hidden and (n > 0 or len(cell.groups) == 2))


def of(groups: Groups, attributes: tuple[str, ...]) -> Groups:
    return tuple(groups["ab".index(attribute)] for attribute in attributes)


def total(crossing: Crossing, attributes: tuple[str, ...], wanted: Groups) -> int:
    return sum(n for groups, n in crossing.items() if of(groups, attributes) == wanted)


answers = st.tuples(st.sampled_from(["x", "y", None]), st.sampled_from(["x", "y", None]))


@given(st.lists(answers, min_size=4, max_size=6), st.integers(3, 4))
@settings(max_examples=40, deadline=None)
def test_every_hidden_cell_could_hold_another_number(given_answers: list[Groups], minimum: int) -> None:
    rows = [Row({"a": one, "b": other}, at % 2 == 0) for at, (one, other) in enumerate(given_answers)]
    report = audit(rows, minimum=minimum)
    places = list(product(["x", "y", None], repeat=2))
    truth = Counter(given_answers)
    named = [(table.attributes, cell) for table in report.tables for cell in table.cells]
    hidden = [(at, cell.groups) for at, cell in named if cell.hidden and total(truth, at, cell.groups)]
    if not hidden:
        return
    possible = [dict(zip(places, numbers, strict=True)) for numbers in splits(len(rows), len(places))]
    behind = [crossing for crossing in possible if matches(report, crossing)]
    assert all(len({total(one, *cell) for one in behind}) > 1 for cell in hidden)


def test_a_single_small_group_takes_a_second_cell_with_it() -> None:
    report = audit(people([("a", 20, 9), ("b", 3, 1), ("c", 12, 5), ("d", 15, 3)]))
    assert [cell.hidden for cell in report.tables[0].cells] == [False, True, True, False]
    assert report.tables[0].reference == ("a",)


def test_two_cells_of_one_person_each_take_a_third_with_them() -> None:
    report = audit(people([("a", 20, 9), ("b", 1, 1), ("c", 1, 0), ("d", 15, 3)]))
    assert [cell.hidden for cell in report.tables[0].cells] == [False, True, True, True]


def test_a_hidden_cell_says_nothing_but_its_name() -> None:
    cell = audit(people([("a", 20, 9), ("b", 3, 1)])).tables[0].cells[1]
    assert cell.groups == ("b",)
    assert {cell.n, cell.selected, cell.rate, cell.ratio, cell.finding, cell.minor} == {None, False}


def test_a_small_cell_of_a_crossing_is_not_what_is_left_of_its_row() -> None:
    rows = [Row({"a": one, "b": other}, selected=True) for one, other, n in CROSSED for _ in range(n)]
    crossing = audit(rows).tables[2]
    hidden = {cell.groups for cell in crossing.cells if cell.hidden}
    assert ("x", "u") in hidden
    for at, name in ((0, "x"), (1, "u")):
        assert sum(groups[at] == name for groups in hidden) != 1


CROSSED = [("x", "u", 2), ("x", "v", 9), ("x", "w", 30), ("y", "u", 12), ("y", "v", 8), ("y", "w", 20)]


@pytest.mark.parametrize("minimum", [1, 5])
def test_nothing_is_hidden_where_every_cell_is_large_enough(minimum: int) -> None:
    tables = audit(people([("a", 20, 9), ("b", 5, 1)]), minimum=minimum).tables
    assert not any(cell.hidden for table in tables for cell in table.cells)
