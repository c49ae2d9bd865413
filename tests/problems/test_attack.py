"""An attack through the product: a team that hands in random labels and keeps what the board praises gains no more than chance.

It is the attack of Blum and Hardt (2015): label vectors drawn at random, those whose shown score is above chance kept, and their
majority vote handed in. Against an honest board that shows every score the vote fits the public rows and nothing else.
"""

import io
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dure.problems.actions import submissions
from dure.problems.models import Challenge, Evaluation, Submission, Team
from dure.problems.scoring import process
from tests.factories.problems import csv_of, entered, opened_from

pytestmark = pytest.mark.django_db
ROWS, FILES, SEED = 600, 80, 11
Labels = NDArray[np.int64]


def coin_challenge(*, ladder: bool) -> Challenge:
    """An open challenge on fair coins: half its rows are public, and no file can really beat one half."""
    coins = file_of(np.random.default_rng(3).integers(0, 2, ROWS))
    fields = {"public_share": 0.5, "ladder": ladder, "ladder_reason": "To compare."}
    parts = {"answers": coins, "sample": coins, "test": csv_of(id=ids())}
    challenge, _host = opened_from(**parts, metric="accuracy", **fields)
    return challenge


def ids() -> list[str]:
    return [f"r{at}" for at in range(ROWS)]


def file_of(labels: Labels) -> bytes:
    return csv_of(id=ids(), label=labels.tolist())


def hand_in(team: Team, labels: Labels) -> Submission:
    lead = team.members.get().person
    stream = io.BytesIO(file_of(labels))
    return submissions.submit(by=lead, challenge=team.challenge, stream=stream, filename="guess.csv")


def score_all() -> None:
    process.Scorer(name="test").run(until_empty=True)


def attack(challenge: Challenge) -> Evaluation:
    """The final file's evaluation, after a greedy choice by nothing but what the team is shown."""
    team = entered(challenge, name="guessers")
    draws = np.random.default_rng(SEED).integers(0, 2, (FILES, ROWS))
    handed = [hand_in(team, labels) for labels in draws]
    score_all()
    shown = np.array([shown_of(submission) for submission in handed])
    best = hand_in(team, voted(draws, shown))
    score_all()
    return best.evaluations.get()


def shown_of(submission: Submission) -> float:
    shown = submission.evaluations.get().public_released
    assert shown is not None
    return shown


def voted(draws: NDArray[Any], shown: NDArray[np.float64]) -> Labels:
    """The majority of all drawn vectors, those with a shown score above the median as they are, the others turned around."""
    votes = np.where((shown > np.median(shown))[:, None], draws, 1 - draws)
    majority: Labels = (votes.mean(axis=0) > 0.5).astype(np.int64)
    return majority


def test_with_the_ladder_the_attack_gains_no_more_than_chance() -> None:
    challenge = coin_challenge(ladder=True)
    final = attack(challenge)
    assert final.public_score is not None
    error = 0.5 / np.sqrt(ROWS * 0.5)
    assert abs(final.public_score - 0.5) <= 3 * error
    assert final.public_released is not None
    assert final.public_released <= 0.5 + 3 * error


def test_without_it_the_same_attack_fits_the_public_rows() -> None:
    challenge = coin_challenge(ladder=False)
    final = attack(challenge)
    assert final.public_score is not None
    assert final.private_score is not None
    error = 0.5 / np.sqrt(ROWS * 0.5)
    assert final.public_score > 0.5 + 4 * error
    assert abs(final.private_score - 0.5) <= 4 * error
