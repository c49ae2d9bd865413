"""How finely a public score is shown does not hang on which file a scorer came to first, nor on the file itself."""

import io
from typing import Any

import numpy as np
import polars as pl
import pytest

from dure.foundation import files, leases
from dure.problems.actions import rescores
from dure.problems.models import Board, Challenge, Evaluation
from dure.problems.scoring import boards, rounding, work
from tests.factories.problems import csv_of, entered, numbers, open_challenge, submitted
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db
ROWS = 400
GRAIN = 0.1
"""The baseline's standard error is some tenths."""


def exact(challenge: Challenge, *, at: float) -> bytes:
    """A file that is off by nearly the same in every row: its own standard error is next to nothing."""
    assert challenge.answers is not None
    ids, truth = numbers(challenge.answers.rows)
    wobble = np.where(np.arange(len(truth)) % 2 == 0, at, -at) * (1 + np.arange(len(truth)) * 1e-9)
    return csv_of(id=ids, value=truth + wobble)


def shown(challenge: Challenge, name: str) -> float:
    version = making.fresh(challenge).answers
    evaluation = Evaluation.objects.get(submission__team__name=name, answers=version)
    assert evaluation.public_released is not None
    return evaluation.public_released


def in_grains(value: float) -> bool:
    return bool(np.isclose(value / GRAIN, round(value / GRAIN)))


def with_baseline_and_probe(*, first: str) -> Challenge:
    """A challenge with a baseline and a team whose file is a probe, both waiting; `first` was handed in first."""
    challenge = open_challenge(rows=ROWS)
    for name in ("baseline", "probe") if first == "baseline" else ("probe", "baseline"):
        if name == "baseline":
            making.baseline(challenge)
        else:
            submitted(entered(challenge, name="probe"), content=exact(challenge, at=3.14159))
    return challenge


@pytest.mark.parametrize("first", ["baseline", "probe"])
def test_baseline_and_team_in_one_batch(first: str) -> None:
    challenge = with_baseline_and_probe(first=first)
    making.score_all()
    assert in_grains(shown(challenge, "probe"))


def test_a_team_scored_while_another_scorer_still_holds_the_baseline() -> None:
    challenge = with_baseline_and_probe(first="baseline")
    (held,) = leases.claim(kind="evaluation", worker="slow")
    (taken,) = leases.claim(kind="evaluation", worker="quick")
    work.score_batch([taken])
    assert in_grains(shown(challenge, "probe"))
    work.score_batch([held])
    making.score_all()
    assert in_grains(shown(challenge, "probe"))


def test_a_rescore_shows_no_more_digits_than_the_first_scoring() -> None:
    challenge = with_baseline_and_probe(first="baseline")
    making.score_all()
    before = shown(challenge, "probe")
    rescores.change_answers(
        by=making.host_of(challenge),
        challenge=making.fresh(challenge),
        truth=making.corrected(challenge, shift=0.0),
        note_en="The same again.",
    )
    making.score_all()
    assert shown(challenge, "probe") == before
    assert in_grains(before)


def test_the_bounds_on_the_board_tell_no_more_than_the_score() -> None:
    challenge = with_baseline_and_probe(first="baseline")
    making.score_all()
    board = boards.latest(making.fresh(challenge), Board.View.PUBLIC)
    assert board is not None
    (row,) = [row for row in board.rows if row["name"] == "probe"]
    assert row["digits"] == 1
    assert all(in_grains(row[name]) for name in ("score", "low", "high"))


def test_a_baseline_that_cannot_be_scored_bounds_nobody() -> None:
    challenge = with_baseline_and_probe(first="baseline")
    baseline = challenge.submissions.get(team__is_baseline=True)
    files.local_path(str(baseline.table_id)).unlink()
    (_lost, taken) = leases.claim(kind="evaluation", worker="one", limit=2)
    work.score_batch([taken])
    assert np.isfinite(shown(challenge, "probe"))


def test_without_a_baseline_the_answers_hold_the_rounding_and_not_the_file() -> None:
    """The error of the mean: values with a spread of ten, on 120 public rows."""
    challenge = open_challenge(rows=ROWS)
    submitted(entered(challenge, name="probe"), content=exact(challenge, at=3.14159))
    making.score_all()
    challenge = making.fresh(challenge)
    assert challenge.answers is not None
    assert challenge.scorer is not None
    assert rounding.baseline_errors(challenge.answers, challenge.scorer) == []
    assert 0.3 < rounding.ladder(challenge.answers, challenge.scorer).least_error < 1.0
    assert in_grains(shown(challenge, "probe"))


def test_a_later_baseline_counts_from_then_on() -> None:
    challenge = open_challenge(rows=ROWS)
    making.score_all()
    fresh = making.fresh(challenge)
    assert fresh.answers is not None
    assert fresh.scorer is not None
    making.baseline(challenge)
    measured = rounding.baseline_errors(fresh.answers, fresh.scorer)
    making.score_all()
    assert rounding.baseline_errors(fresh.answers, fresh.scorer) == pytest.approx(measured)


def test_a_baseline_without_any_error_bounds_nobody_and_breaks_nothing() -> None:
    challenge = open_challenge(rows=ROWS)
    ids, truth = numbers(ROWS)
    making.baseline(challenge)
    baseline = challenge.submissions.get()
    baseline.table = files.put_bytes(_parquet(ids, truth))
    baseline.save()
    submitted(entered(challenge, name="probe"), content=exact(challenge, at=3.14159))
    making.score_all()
    assert in_grains(shown(challenge, "probe"))


def _parquet(ids: list[str], values: Any) -> bytes:
    out = io.BytesIO()
    pl.DataFrame({"id": ids, "value": values}).write_parquet(out)
    return out.getvalue()
