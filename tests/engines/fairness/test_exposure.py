"""Rankings: measures by hand, and no alarm by chance in short lists."""

from math import log, log2

import numpy as np
import pytest

from dure.engines.fairness import ALPHA, Row, Verdict, audit
from dure.engines.fairness.exposure import _reference, _share_at_least, ndkl, weights


def ranked(groups: str) -> list[Row]:
    return [Row({"sex": group}, selected=False, position=at) for at, group in enumerate(groups, 1)]


def test_the_measures_are_those_written_out() -> None:
    found = audit(ranked("ababab"), minimum=1).exposures[0]
    looks = [1 / log2(1 + at) for at in range(1, 7)]
    tops = [1, 1 / 2, 2 / 3, 1 / 2, 3 / 5, 1 / 2]
    apart = [sum(p * log(p / 0.5) for p in (top, 1 - top) if p) for top in tops]
    assert found.ndkl == pytest.approx(
        sum(look * one for look, one in zip(looks, apart, strict=True)) / sum(looks)
    )
    assert found.groups[0].exposure == pytest.approx(sum(looks[::2]) / sum(looks))
    assert found.groups[0].skew == pytest.approx(log((2 / 3) / 0.5))
    assert found.groups[0].share == 0.5


def test_a_group_that_is_not_in_the_top_has_no_skew() -> None:
    assert audit(ranked("aaaabb"), minimum=1).exposures[0].groups[1].skew is None


def test_one_behind_the_other_is_evidence_and_the_order_of_rows_is_not() -> None:
    found = audit(ranked("a" * 12 + "b" * 12)[::-1]).exposures[0]
    assert found.verdict is Verdict.EVIDENCE
    assert found.p == pytest.approx(1 / 2000, abs=2 / 2000)


def test_a_list_in_which_nothing_could_be_found_is_too_short() -> None:
    assert audit(ranked("abab"), minimum=1).exposures[0].verdict is Verdict.TOO_FEW
    assert audit(ranked("ab" * 20)).exposures[0].verdict is Verdict.NONE_FOUND


def test_random_short_lists_raise_an_alarm_in_at_most_one_of_twenty() -> None:
    """p is exact up to the drawn reference: 3000 lists of 15 people, and the bound of three standard errors on it."""
    labels = np.repeat([0, 1, 2], 5)
    reference = _reference(labels)
    random = np.random.default_rng(3)
    lists = random.permuted(np.tile(labels, (3000, 1)), axis=1)
    alarms = np.mean([_share_at_least(float(value), reference) <= ALPHA for value in ndkl(lists)])
    assert alarms <= ALPHA + 3 * (ALPHA * (1 - ALPHA) * (1 / 3000 + 1 / 1999)) ** 0.5


def test_small_groups_of_a_ranking_are_not_shown_and_never_alone() -> None:
    groups = audit(ranked("a" * 9 + "b" * 7 + "c" * 2)).exposures[0].groups
    assert [group.n for group in groups] == [9, None, None]


def test_the_weights_of_the_positions_fall_and_sum_to_one() -> None:
    assert weights(30).sum() == pytest.approx(1.0)
    assert (np.diff(weights(30)) < 0).all()
