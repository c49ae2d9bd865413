"""Scores put together, and a budget given out in their order: never over the ceiling, ties named, what waits in order."""

import re
from fractions import Fraction
from pathlib import Path
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines import reviewing
from dure.engines.faults import Faulty
from dure.engines.reviewing import (
    FUNDING,
    Ask,
    FundingRule,
    Scored,
    decide,
    funding_said,
    levelled,
    score_of,
    standard_error,
    summaries,
)


def scored(**marks: str) -> list[Scored]:
    """`P="kim:4 lee:5"`."""
    return [
        Scored(proposal, name, Fraction(mark))
        for proposal, said in marks.items()
        for name, mark in (part.split(":") for part in said.split())
    ]


def test_a_review_is_the_weighted_mean_of_its_marks() -> None:
    assert score_of({"new": 5, "plan": 2}, {"new": 2, "plan": 1}, most=5) == 4
    with pytest.raises(Faulty) as refused:
        score_of({"new": 6, "style": 1}, {"new": 1, "plan": -1}, most=5)
    assert [fault.code for fault in refused.value.faults] == [
        "review_mark_missing",
        "review_mark_unknown",
        "review_mark_range",
        "review_weights",
    ]
    with pytest.raises(Faulty, match="review_weights"):
        score_of({}, {}, most=5)


def test_means_are_exact_and_the_spread_stands_beside() -> None:
    first, second, third = summaries(scored(P="kim:4 lee:3 park:3", Q="kim:5 lee:4", R="lee:1"))
    assert (first.proposal, first.mean) == ("Q", Fraction(9, 2))
    assert (first.low, first.high) == (Fraction(4), Fraction(5))
    assert (second.mean, second.reviews) == (Fraction(10, 3), 3)
    assert second.spread == pytest.approx(stdev([4, 3, 3]))
    assert standard_error(second) == pytest.approx(stdev([4, 3, 3]) / 3**0.5)
    assert (third.spread, standard_error(third)) == (None, None)


def test_levelling_makes_the_strict_and_the_mild_alike() -> None:
    some = scored(P="mild:5 strict:3", Q="mild:4 strict:2", R="mild:3 strict:1", S="new:5")
    level = {(one.proposal, one.reviewer): one.score for one in levelled(some)}
    assert all(level[proposal, "mild"] == level[proposal, "strict"] for proposal in "PQR")
    own = [float(level[proposal, "mild"]) for proposal in "PQR"]
    everybody = [float(one.score) for one in some]
    assert fmean(own) == pytest.approx(fmean(everybody))
    assert stdev(own) == pytest.approx(stdev(everybody), abs=1e-5)
    assert level["S", "new"] == 5
    assert [one.proposal for one in summaries(some, is_levelled=True)] == list("SPQR")
    assert levelled([]) == []


def asks(text: str) -> list[Ask]:
    """`A5:40` is proposal A with a mean of 5 that asks for 40."""
    return [Ask(part[0], Fraction(part[1]), int(part[3:])) for part in text.split()]


def test_in_the_order_of_scores_until_one_does_not_fit() -> None:
    some = asks("A5:40 B4:70 C3:50 D2:10 E1:5")
    stop = decide(FundingRule(ceiling=100, least=Fraction(2)), some)
    assert (stop.accepted, stop.waiting, stop.declined, stop.left) == (
        ["A"],
        [("B",), ("C",), ("D",)],
        ["E"],
        60,
    )
    skip = decide(FundingRule(ceiling=100, least=Fraction(2), when_full="skip"), some)
    assert (skip.accepted, skip.waiting, skip.left) == (["A", "C", "D"], [("B",)], 0)


def test_a_tie_that_decides_is_named_until_somebody_orders_it() -> None:
    some = asks("A5:40 B4:50 C4:60 D3:10")
    chair = FundingRule(ceiling=100)
    open_yet = decide(chair, some)
    assert (open_yet.accepted, open_yet.tied, open_yet.waiting) == (["A"], ["B", "C"], [("D",)])
    assert decide(chair, some, chair=["B"]) == open_yet
    assert decide(chair, some, chair=["C", "B"]).accepted == ["A", "C"]
    assert decide(FundingRule(ceiling=100, ties="open"), some, chair=["C", "B"]) == open_yet
    lottery = FundingRule(ceiling=100, ties="lottery")
    drawn = {tuple(decide(lottery, some, seed=bytes([seed])).accepted) for seed in range(20)}
    assert drawn == {("A", "B"), ("A", "C")}
    assert decide(lottery, some) == open_yet


def test_a_tie_that_decides_nothing_asks_nobody() -> None:
    assert decide(FundingRule(ceiling=100), asks("A4:40 B4:50 C3:90")).accepted == ["A", "B"]
    assert decide(FundingRule(ceiling=30), asks("A4:40 B4:50")).waiting == [("A", "B")]


def test_freed_money_goes_to_who_waits_by_the_same_rule() -> None:
    some = asks("A5:40 B4:70 C3:50 D2:10")
    first = decide(FundingRule(ceiling=100), some)
    waiting = [ask for ask in some if (ask.proposal,) in first.waiting]
    assert decide(FundingRule(ceiling=first.left + 40), waiting).accepted == ["B"]


ASKS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60)), max_size=7).map(
    lambda some: [Ask(f"p{at}", Fraction(score), amount) for at, (score, amount) in enumerate(some)]
)
ENDS = st.sampled_from(["stop", "skip"])


@given(ASKS, st.integers(0, 150), ENDS, st.binary(min_size=4, max_size=4))
def test_nobody_is_passed_over_without_a_reason(
    some: list[Ask], ceiling: int, full: str, seed: bytes
) -> None:
    rule = FundingRule(
        ceiling=ceiling, when_full="stop" if full == "stop" else "skip", ties="lottery", least=Fraction(1)
    )
    done = decide(rule, some, seed=seed)
    by_key = {ask.proposal: ask for ask in some}
    waiting = [key for layer in done.waiting for key in layer]
    assert sorted([*done.accepted, *waiting, *done.declined]) == sorted(by_key)
    assert done.tied == []
    assert done.left == ceiling - sum(by_key[key].amount for key in done.accepted) >= 0
    assert done.declined == sorted(key for key in by_key if by_key[key].score < 1)
    for out in waiting:
        before = [key for key in done.accepted if by_key[key].score >= by_key[out].score]
        passed = [key for key in done.accepted if by_key[key].score < by_key[out].score]
        assert rule.when_full == "skip" or not passed
        if rule.when_full == "skip":
            assert by_key[out].amount > ceiling - sum(by_key[key].amount for key in before)


def test_all_faults_at_once_and_every_rule_printed() -> None:
    wrong = [Ask("A", Fraction(1), -1), Ask("A", Fraction(1), 1)]
    with pytest.raises(Faulty) as refused:
        decide(FundingRule(ceiling=-1), wrong)
    assert [fault.code for fault in refused.value.faults] == [
        "funding_amount",
        "funding_amount",
        "review_key_twice",
    ]
    rules = [
        FundingRule(ceiling=10**9, least=Fraction(7, 2), when_full=full, ties=ties)
        for full in reviewing.funding.WHEN_FULL
        for ties in reviewing.funding.TIE_RULES
    ]
    said = [sentence for rule in rules for sentence in funding_said(rule)]
    assert {one.code for one in said} == set(FUNDING)
    assert "1,000,000,000 won" in FUNDING[said[0].code] % dict(said[0].params)
    assert "3.5" in FUNDING[said[1].code] % dict(said[1].params)


APART = ("fault_codes.py", "__init__.py")


def test_codes_and_sentences_match() -> None:
    folder = Path(reviewing.__file__).parent
    text = "".join(file.read_text() for file in folder.glob("*.py") if file.name not in APART)
    named = set(re.findall(r'"((?:review|funding)_[a-z_]+)"', text)) - set(FUNDING)
    assert named | {"review_proposal_unknown", "review_reviewer_unknown"} == set(reviewing.FAULTS)
