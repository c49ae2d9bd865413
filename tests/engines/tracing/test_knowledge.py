"""Bayesian knowledge tracing."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.tracing import LEARN, START, Answer, known, updated

parts = st.floats(0.01, 0.49)
chances = st.floats(0, 1)


def test_the_known_sequence_gives_the_known_probabilities() -> None:
    p, found = START, []
    for right in (True, True, False, True, True):
        p = updated(p, Answer("sql", right))
        found.append(round(p, 4))
    assert found == [0.6000, 0.8903, 0.5781, 0.8814, 0.9753]


@given(chances, st.booleans(), parts, parts)
def test_a_probability_stays_one_and_practice_never_leaves_it_below_what_is_learnt(
    p: float, right: bool, guess: float, slip: float
) -> None:
    after = updated(p, Answer("sql", right, guess, slip))
    assert LEARN - 1e-12 <= after <= 1 + 1e-12


@given(chances, parts, parts)
def test_a_right_answer_never_lowers_it_and_says_more_than_a_wrong_one(
    p: float, guess: float, slip: float
) -> None:
    right, wrong = (updated(p, Answer("sql", one, guess, slip)) for one in (True, False))
    assert right >= p - 1e-12
    assert right >= wrong - 1e-12


@given(st.floats(0.01, 0.99), st.floats(0.02, 0.4), parts)
def test_the_harder_it_is_to_guess_the_more_a_right_answer_says(p: float, guess: float, slip: float) -> None:
    hard, easy = (updated(p, Answer("sql", right=True, guess=one, slip=slip)) for one in (guess / 2, guess))
    assert hard > easy


@given(st.fractions(0, 1), st.booleans())
def test_it_is_bayes_theorem_and_then_learning(p: Fraction, right: bool) -> None:
    guess, slip, learn = Fraction(1, 5), Fraction(1, 10), Fraction(3, 20)
    with_skill = 1 - slip if right else slip
    without = guess if right else 1 - guess
    posterior = p * with_skill / (p * with_skill + (1 - p) * without)
    exact = 1 - (1 - posterior) * (1 - learn)
    assert math.isclose(updated(float(p), Answer("sql", right)), exact, rel_tol=1e-9)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=20))
def test_answers_to_one_skill_say_nothing_of_another(pairs: list[tuple[str, bool]]) -> None:
    answers = [Answer(*pair) for pair in pairs]
    apart = {skill: known([one for one in answers if one.skill == skill]).get(skill) for skill in "abc"}
    assert known(answers) == {skill: p for skill, p in apart.items() if p is not None}


@pytest.mark.parametrize(("guess", "slip"), [(0, 0.1), (0.2, 1), (0.6, 0.4), (0.9, 0.2), (math.nan, 0.1)])
def test_parameters_that_turn_answers_round_are_refused(guess: float, slip: float) -> None:
    with pytest.raises(ValueError, match="guess"):
        Answer("sql", right=True, guess=guess, slip=slip)
