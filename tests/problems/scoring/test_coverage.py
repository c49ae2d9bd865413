"""Quantile forecasts: the final board says how many answers their intervals really held."""

import io

import numpy as np
import pytest

from dure.foundation import workflow
from dure.problems.actions import submissions
from dure.problems.models import Board, Challenge
from dure.problems.scoring import boards
from tests.factories.people import client_of
from tests.factories.problems import csv_of, entered, opened_from
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db
ROWS = 200
LEVELS = ("q0.025", "q0.25", "q0.5", "q0.75", "q0.975")
OUTER = {"q0.025": -1.96, "q0.25": -0.6745, "q0.5": 0.0, "q0.75": 0.6745, "q0.975": 1.96}


def forecast(width: float) -> bytes:
    return csv_of(id=range(ROWS), **{name: [width * OUTER[name]] * ROWS for name in LEVELS})


def forecasting() -> Challenge:
    truth = np.random.default_rng(4).normal(0, 1, ROWS)
    answers, test = csv_of(id=range(ROWS), value=truth), csv_of(id=range(ROWS))
    challenge, _host = opened_from(answers=answers, sample=forecast(1.0), test=test, metric="wis")
    return challenge


def test_coverage_stands_on_the_final_board_and_not_before() -> None:
    challenge = forecasting()
    for name, width in (("honest", 1.0), ("too sure", 0.3)):
        lead = entered(challenge, name=name).members.get().person
        stream = io.BytesIO(forecast(width))
        submissions.submit(by=lead, challenge=challenge, stream=stream, filename="f.csv")
    making.score_all()
    public = boards.latest(making.fresh(challenge), Board.View.PUBLIC)
    assert public is not None
    assert [row["coverage"] for row in public.rows] == [{}, {}]
    workflow.perform(challenge, "close", by=making.host_of(challenge))
    making.score_all()
    final = boards.latest(making.fresh(challenge), Board.View.PRIVATE)
    assert final is not None
    by_name = {row["name"]: row["coverage"] for row in final.rows}
    assert set(by_name["honest"]) == {"0.5", "0.95"}
    assert 0.88 < by_name["honest"]["0.95"] <= 1.0
    assert by_name["too sure"]["0.95"] < 0.6
    browser = client_of(making.host_of(challenge))
    browser.cookies["dure_language"] = "en"
    assert "95% intervals held" in browser.get(f"/challenges/{challenge.slug}/leaderboard").text
