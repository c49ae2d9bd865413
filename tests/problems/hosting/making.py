"""Challenges in every stage of being hosted, made through the host's own actions."""

import io
from datetime import timedelta
from typing import Any

import numpy as np

from dure.foundation import clock, workflow
from dure.people.models import Person
from dure.problems.actions import baselines, challenges, preparing
from dure.problems.models import Challenge
from dure.problems.scoring import process
from tests.factories.problems import begun_challenge, csv_of, entered, numbers, open_challenge, submitted

SHIFT = 5.0
"""What a correction adds to every answer."""


def score_all() -> None:
    process.Scorer(name="test").run(until_empty=True)


def host_of(challenge: Challenge) -> Person:
    host = challenge.problem.curator
    assert host is not None
    return host


def fresh(challenge: Challenge) -> Challenge:
    return Challenge.objects.select_related("problem", "answers", "scorer", "dataset", "draft_answers").get(
        pk=challenge.pk
    )


def columns(rows: int = 120, *, seed: int = 7, leak: bool = False) -> tuple[bytes, bytes, bytes, bytes]:
    """Train, test, sample and answers of a regression; with `leak` a public column is the answer in other units."""
    draw = np.random.default_rng(seed)
    ids = [f"r{at}" for at in range(rows)]
    truth = draw.normal(40, 10, rows).round(3)
    plant = truth * 2.5 + 1 if leak else draw.normal(0, 1, rows)
    train_x = draw.normal(0, 1, rows)
    train = csv_of(
        id=[f"t{at}" for at in range(rows)],
        x=train_x,
        gauge=draw.normal(0, 1, rows),
        value=draw.normal(40, 10, rows),
    )
    test = csv_of(id=ids, x=draw.normal(0, 1, rows), gauge=plant)
    return train, test, csv_of(id=ids, value=[1.5] * rows), csv_of(id=ids, value=truth)


def prepared(*, leak: bool = False, metric: str = "rmse") -> tuple[Challenge, Person]:
    """A challenge prepared through every step of the host's pages; leak checks have not run."""
    challenge, host = begun_challenge(slug="steel-hardness")
    train, test, sample, answers = columns(leak=leak)
    for part, body in (("train", train), ("test", test), ("sample", sample)):
        preparing.put_file(
            by=host, challenge=challenge, part=part, filename=f"{part}.csv", stream=io.BytesIO(body)
        )
    preparing.set_licence(by=host, challenge=challenge, licence="CC BY 4.0")
    preparing.put_answers(by=host, challenge=challenge, stream=io.BytesIO(answers))
    preparing.set_schema(by=host, challenge=challenge, schema=preparing.guess(challenge))
    preparing.choose_metric(by=host, challenge=challenge, metric=metric)
    start = clock.now()
    phase = {"starts_at": start, "ends_at": start + timedelta(days=30), "per_day": 5, "per_phase": 100}
    challenges.set_phases(by=host, challenge=challenge, phases=[phase])
    return fresh(challenge), host


def with_teams(count: int = 3, **fields: Any) -> Challenge:
    """An open challenge with this many teams, each with one scored file; the first is the best."""
    challenge = open_challenge(**fields)
    for at in range(count):
        submitted(entered(challenge, name=f"team {at}"), noise=1.0 + 3 * at, seed=at)
    score_all()
    return fresh(challenge)


def closed(count: int = 3, **fields: Any) -> Challenge:
    challenge = with_teams(count, **fields)
    workflow.perform(challenge, "close", by=host_of(challenge))
    score_all()
    return fresh(challenge)


def corrected(challenge: Challenge, *, shift: float = SHIFT) -> challenges.Table:
    """The answers of the factories' challenges, moved by a constant."""
    assert challenge.answers is not None
    ids, truth = numbers(challenge.answers.rows)
    return challenges.take_table(io.BytesIO(csv_of(id=ids, value=(truth + shift).round(3))))


def baseline(challenge: Challenge, *, name: str = "mean of the training part") -> None:
    assert challenge.answers is not None
    frame_ids = [f"r{at}" for at in range(challenge.answers.rows)]
    body = csv_of(id=frame_ids, value=[40.0] * len(frame_ids))
    baselines.add_baseline(
        by=host_of(challenge), challenge=challenge, name=name, stream=io.BytesIO(body), filename="mean.csv"
    )
