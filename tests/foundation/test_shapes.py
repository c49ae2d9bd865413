"""Pictures are true to the figures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation import shapes

FIGURES = st.floats(-1e6, 1e6)


@given(st.lists(FIGURES, min_size=1, max_size=20))
def test_every_value_lies_on_its_scale_in_order(values: list[float]) -> None:
    scale = shapes.scale_of(values)
    places = [float(scale.at(value)) for value in sorted(values)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 100


def test_values_outside_stand_at_the_edge_and_equal_ends_in_the_middle() -> None:
    assert shapes.Scale(0, 10).at(99) == "100.00"
    assert shapes.Scale(5, 5).at(5) == "50.00"
    assert shapes.Scale(0, 10).ticks()[:2] == [(0, "0.00"), (2, "20.00")]


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4))
def test_ticks_are_few_round_and_on_the_axis(low: float, wide: float) -> None:
    scale = shapes.Scale(low, low + wide)
    values = [value for value, _place in scale.ticks()]
    assert 2 <= len(values) <= 6
    assert all(low - scale.step * 1e-6 <= value <= low + wide + scale.step * 1e-6 for value in values)
    assert all(round(value, scale.digits) == pytest.approx(value, abs=scale.step / 100) for value in values)


def test_the_grid_stands_under_the_ticks() -> None:
    scale = shapes.Scale(0.83, 0.98)
    assert scale.step == pytest.approx(0.05)
    assert scale.digits == 2
    assert scale.grid == "--at:13.333%;--grid:33.333%"
    assert [place for _value, place in scale.ticks()] == ["13.33", "46.67", "80.00"]


def test_a_plot_shades_the_leaders_interval_and_leaves_out_what_is_not_finite() -> None:
    rows = [shapes.Interval("a", 1, 2, 3, tied=True), shapes.Interval("b", None, math.nan, None)]
    plot = shapes.interval_plot(rows)
    assert plot is not None
    assert [placed.row.label for placed in plot.rows] == ["a"]
    assert plot.zone == (plot.rows[0].start, plot.rows[0].width)
    assert shapes.interval_plot(rows[1:]) is None


@given(st.lists(st.tuples(st.just("x"), st.floats(0, 1e9), st.floats(0, 1e9)), max_size=8))
def test_bars_share_one_scale(rows: list[tuple[str, float, float]]) -> None:
    widths = [float(w) for row in shapes.balances(rows) for w in (row.gave_width, row.used_width)]
    assert all(0 <= width <= 78 for width in widths)
    if any(max(gave, used) > 0 for _, gave, used in rows):
        assert max(widths) == 78
