"""The score and its reasons."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.evidence import UNKNOWN, Posterior, probability
from dure.engines.recommending import Opening, Requirement, Seeker, missing, reasons, score, score_of
from tests.engines.recommending.markets import NOW, openings, seekers

SURE = Posterior(3.0, 0.02, 6)


def opening(*requirements: Requirement) -> Opening:
    return Opening(
        key="o",
        organisation="kt",
        kind="job",
        closes=NOW + timedelta(days=1),
        seats_left=1,
        requirements=requirements,
    )


@given(seekers(), openings())
def test_reasons_recompute_to_the_score(seeker: Seeker, seat: Opening) -> None:
    terms = reasons(seeker, seat)
    assert [term.requirement for term in terms] == list(seat.requirements)
    assert score_of(terms) == score(seeker, seat)
    musts = math.prod(term.probability for term in terms if term.requirement.is_must)
    nice = sum(term.requirement.weight * term.probability for term in terms if not term.requirement.is_must)
    assert math.isclose(score(seeker, seat), musts * (1 + nice), rel_tol=1e-12)


@given(seekers(), openings(), st.randoms(use_true_random=False))
def test_the_order_of_requirements_changes_no_bit(seeker: Seeker, seat: Opening, chance: object) -> None:
    mixed = sorted(seat.requirements, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    assert score(seeker, replace(seat, requirements=tuple(mixed))) == score(seeker, seat)


def test_one_of_the_musts_never_wins_over_all_of_them() -> None:
    asked = opening(*(Requirement(skill, 2) for skill in ("a", "b", "c")))
    one = Seeker(key="one", skills={"a": SURE})
    half = Seeker(key="half", skills=dict.fromkeys("abc", Posterior(1.6, 0.4, 1)))
    assert score(one, asked) < score(half, asked)
    assert math.isclose(score(one, asked), probability(SURE, 2) * probability(UNKNOWN, 2) ** 2)


def test_the_score_may_be_above_one() -> None:
    asked = opening(Requirement("a", 1), Requirement("b", 1, is_must=False))
    assert score(Seeker(key="p", skills={"a": SURE, "b": SURE}), asked) > 1


def test_missing_are_the_musts_that_are_less_likely_there_than_not() -> None:
    asked = opening(
        Requirement("a", 2), Requirement("b", 2), Requirement("c", 4), Requirement("d", 1, is_must=False)
    )
    found = missing(reasons(Seeker(key="p", skills={"a": SURE}), asked))
    assert [(term.requirement.skill, term.number) for term in found] == [("c", 0), ("b", 0)]


@pytest.mark.parametrize(("level", "weight"), [(0, 1), (5, 1), (2, -0.1), (2, 1.1), (2, math.nan)])
def test_a_requirement_off_its_range_is_refused(level: int, weight: float) -> None:
    with pytest.raises(ValueError, match="outside its range"):
        Requirement("a", level, weight=weight)
