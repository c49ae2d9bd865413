"""The shared measuring of the benchmarks."""

import pytest
from benchmarks.harness import Pairs, Result, measure_pairs, report


@pytest.mark.parametrize(
    ("ratio", "kind", "line", "status"),
    [
        (0.934, "max", "bootstrap ratio=0.93 max=1.50 ok", 0),
        (1.51, "max", "bootstrap ratio=1.51 max=1.50 short", 1),
        (1.51, "min", "bootstrap ratio=1.51 min=1.50 ok", 0),
        (1.49, "min", "bootstrap ratio=1.49 min=1.50 short", 1),
    ],
)
def test_the_last_line_and_the_exit_status(
    ratio: float, kind: str, line: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    result = Result("bootstrap", ratio, 1.5, kind="min" if kind == "min" else "max", notes=("a note",))
    assert report(result) == status
    assert capsys.readouterr().out.splitlines() == ["a note", line]


def test_pairs_are_interleaved_and_their_order_swapped() -> None:
    called: list[str] = []
    pairs = measure_pairs(lambda: called.append("ours"), lambda: called.append("bare"), rounds=3)
    assert called == ["ours", "bare", "ours", "bare", "bare", "ours", "ours", "bare"]
    assert (len(pairs.ours), len(pairs.bare)) == (3, 3)
    assert min(pairs.ours) >= 0


def test_medians_are_compared() -> None:
    assert Pairs((1.0, 3.0, 100.0), (1.0, 2.0, 50.0)).ratio == 1.5
