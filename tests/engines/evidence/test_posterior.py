"""From facts to a posterior and its terms."""

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.evidence import (
    HALF_LIFE_DAYS,
    NOISE,
    PRIOR_MEAN,
    PRIOR_VARIANCE,
    UNKNOWN,
    Fact,
    Kind,
    Placing,
    Says,
    exceeds,
    posterior,
    probability,
    shown_level,
    terms,
)
from dure.learn.skills.evidence import MOST
from tests.engines.evidence.facts import SHARP, TODAY, fact, facts

LEVELS = (1, 2, 3, 4)


def test_nothing_seen_is_the_prior() -> None:
    assert posterior([], TODAY) == UNKNOWN
    assert terms([], TODAY) == ()
    assert shown_level(UNKNOWN) == 0


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.CLAIM, Kind.ENDORSEMENT}])
@pytest.mark.parametrize("level", LEVELS)
def test_one_fresh_fact_shows_its_level_up_to_the_most_of_its_kind(kind: Kind, level: int) -> None:
    assert shown_level(posterior([fact(kind, level)], TODAY)) == min(level, NOISE[kind].most)


def test_the_most_that_a_kind_shows_is_the_same_in_courses() -> None:
    assert {kind: NOISE[Kind(kind)].most for kind in MOST} == dict(MOST)


def test_the_highest_level_takes_two_who_give_their_name() -> None:
    given_by = [fact(Kind.ENDORSEMENT, 4, key=name) for name in ("Kim", "Lee")]
    shown = [shown_level(posterior(given_by[:count], TODAY)) for count in (1, 2)]
    assert shown == [3, 4]
    same = [fact(Kind.ENDORSEMENT, 4, key=str(at), origin="Kim") for at in range(9)]
    assert shown_level(posterior(same, TODAY)) == 3


@given(facts(), st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(given: list[Fact], chance: object) -> None:
    mixed = sorted(given, key=lambda _fact: chance.random())  # type: ignore[attr-defined]
    assert posterior(mixed, TODAY) == posterior(given, TODAY)
    assert terms(mixed, TODAY) == terms(given, TODAY)


@given(facts(least=1), st.floats(0, 3.75))
def test_showing_more_never_lowers_the_level_nor_its_certainty(given: list[Fact], more: float) -> None:
    raised = [replace(given[0], level=min(given[0].level + more, 4)), *given[1:]]
    before, after = posterior(given, TODAY), posterior(raised, TODAY)
    assert after.mean >= before.mean - 1e-12
    assert math.isclose(after.variance, before.variance, rel_tol=1e-12)
    assert all(probability(after, level) >= probability(before, level) - 1e-12 for level in LEVELS)


@given(facts(least=1), st.integers(0, 4000))
def test_more_age_never_narrows_and_never_raises(given: list[Fact], days: int) -> None:
    aged = [replace(given[0], on=given[0].on - timedelta(days=days)), *given[1:]]
    before, after = posterior(given, TODAY), posterior(aged, TODAY)
    assert after.variance >= before.variance * (1 - 1e-12)
    assert after.mean <= before.mean + 1e-12


@given(facts(least=1), st.integers(0, 7))
def test_hiding_a_fact_never_raises_the_mean_nor_makes_it_surer(given: list[Fact], at: int) -> None:
    left = [one for number, one in enumerate(given) if number != at % len(given)]
    with_it, without = posterior(given, TODAY), posterior(left, TODAY)
    assert without.mean <= with_it.mean + 1e-12
    assert without.variance >= with_it.variance * (1 - 1e-12)


@given(facts())
def test_evidence_never_ranks_behind_none(given: list[Fact]) -> None:
    found = posterior(given, TODAY)
    assert all(probability(UNKNOWN, level) <= probability(found, level) <= 1 for level in LEVELS)


@given(st.lists(st.tuples(st.floats(0.25, 4), st.integers(0, 4000)), max_size=40))
def test_claims_alone_show_nothing_however_many(said: list[tuple[float, int]]) -> None:
    claims = [fact(Kind.CLAIM, level, days=days, key=str(at)) for at, (level, days) in enumerate(said)]
    found = posterior(claims, TODAY)
    assert shown_level(found) == 0
    assert probability(found, 2) < 0.175


@given(st.integers(1, 30))
def test_results_of_one_origin_count_as_one(count: int) -> None:
    one = posterior([fact(Kind.LAB, key="0", origin="course")], TODAY)
    many = posterior([fact(Kind.LAB, key=str(at), origin="course") for at in range(count)], TODAY)
    assert many == one
    apart = posterior([fact(Kind.LAB, key=str(at)) for at in range(count)], TODAY)
    assert apart.number == count


def test_a_reproduced_result_covers_the_bare_one() -> None:
    both = [
        fact(Kind.CHALLENGE, 3, key="c", origin="x"),
        fact(Kind.REPRODUCED, 3, key="r", origin="x"),
    ]
    assert [(term.key, term.says) for term in terms(both, TODAY)] == [("r", Says.RAISES), ("c", Says.COVERED)]
    assert posterior(both, TODAY) == posterior(both[1:], TODAY)


def test_easy_evidence_makes_a_higher_level_surer_and_does_not_lower_it() -> None:
    strong = [fact(Kind.REPRODUCED, 3, key=key) for key in "ab"]
    easy = [*strong, fact(Kind.LAB, 1, key="c")]
    assert posterior(easy, TODAY).mean == posterior(strong, TODAY).mean
    assert terms(easy, TODAY)[-1].says is Says.CONFIRMS


def test_after_its_half_life_a_fact_weighs_half() -> None:
    (new,), (old,) = (terms([fact(days=days)], TODAY) for days in (0, HALF_LIFE_DAYS))
    assert old.variance == 2 * new.variance
    ahead = fact(days=-30)
    assert terms([ahead], TODAY)[0].variance == new.variance


def test_a_wide_interval_is_weak_evidence() -> None:
    placings = [
        SHARP,
        replace(SHARP, rank_high=8),
        replace(SHARP, rank_high=20),
        replace(SHARP, score_low=0.4, score_high=0.95),
    ]
    found = [posterior([replace(fact(Kind.CHALLENGE), placing=one)], TODAY) for one in [*placings, None]]
    variances = [one.variance for one in found]
    assert variances == sorted(variances)
    assert variances[0] < variances[1] < variances[2] < variances[3]
    assert found[-1] == found[-2]
    assert [shown_level(one) for one in (found[0], found[-1])] == [2, 1]


@pytest.mark.parametrize(
    ("placing", "doubt"),
    [
        (SHARP, 0.0),
        (replace(SHARP, rank_high=40), 1.0),
        (replace(SHARP, score_low=0.8), 0.25),
        (replace(SHARP, worst=0.9, best=0.5, score_low=0.5, score_high=0.6), 0.25),
        (replace(SHARP, of=1), 1.0),
        (replace(SHARP, worst=0.9), 1.0),
    ],
)
def test_doubt_is_the_wider_interval_as_a_share_of_the_board(placing: Placing, doubt: float) -> None:
    assert math.isclose(placing.doubt, doubt, abs_tol=1e-12)


@pytest.mark.parametrize(
    "changed", [{"rank_low": 0}, {"rank_high": 41}, {"score_low": 1.0}, {"best": math.nan}]
)
def test_a_placing_that_is_none_is_refused(changed: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="no interval"):
        replace(SHARP, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize("level", [0, 4.5, -1, math.nan])
def test_a_level_off_the_scale_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="no level"):
        fact(level=level)


@given(facts())
def test_terms_sum_to_the_posterior(given: list[Fact]) -> None:
    found, parts = posterior(given, TODAY), terms(given, TODAY)
    assert len(parts) == len(given)
    assert math.isclose(PRIOR_MEAN + sum(term.moved for term in parts), found.mean, abs_tol=1e-9)
    prior_share = found.variance / PRIOR_VARIANCE
    assert math.isclose(prior_share + sum(term.share for term in parts), 1, rel_tol=1e-9)
    assert found.number == sum(term.says is not Says.COVERED for term in parts)
    assert all((term.moved > 0) == (term.says is Says.RAISES) for term in parts)


@given(facts(most=6))
def test_it_is_bayes_theorem_on_a_grid(given: list[Fact]) -> None:
    """Each fact multiplies the density by its likelihood, one that only confirms with the mean as its value."""
    found, grid = posterior(given, TODAY), np.linspace(-12, 16, 40_001)
    log_density = -((grid - PRIOR_MEAN) ** 2) / (2 * PRIOR_VARIANCE)
    for term in terms(given, TODAY):
        if term.says is not Says.COVERED:
            value = term.value if term.says is Says.RAISES else found.mean
            log_density -= (grid - value) ** 2 * term.share / found.variance / 2
    density = np.exp(log_density - log_density.max())
    density /= density.sum()
    mean = float((density * grid).sum())
    assert math.isclose(mean, found.mean, abs_tol=1e-6)
    assert math.isclose(float((density * (grid - mean) ** 2).sum()), found.variance, rel_tol=1e-5)
    above = [float(density[grid >= level - 0.5].sum()) for level in LEVELS]
    assert np.allclose(above, [exceeds(found.mean, found.variance, level) for level in LEVELS], atol=2e-3)
