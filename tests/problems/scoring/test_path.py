"""One problem all the way: handed in, scored, ranked; and what a participant may see of it."""

import io

import numpy as np
import pytest

from dure.engines.faults import Faulty
from dure.foundation import leases
from dure.foundation.access import Denied
from dure.foundation.models import Lease
from dure.problems.actions import submissions
from dure.problems.models import Board, Evaluation, Submission
from dure.problems.scoring import boards, process
from tests.factories.problems import csv_of, entered, numbers, open_challenge, predictions, submitted

pytestmark = pytest.mark.django_db


def score_all() -> None:
    process.Scorer(name="test").run(until_empty=True)


def test_a_file_becomes_a_score_and_a_board() -> None:
    challenge = open_challenge()
    for at, noise in enumerate([1.0, 2.0, 8.0]):
        submitted(entered(challenge, name=f"team {at}"), noise=noise, seed=at)
    score_all()
    board = boards.latest(challenge, Board.View.PUBLIC)
    assert board is not None
    assert [row["name"] for row in board.rows] == ["team 0", "team 1", "team 2"]
    assert [row["rank"] for row in board.rows] == [1, 2, 3]
    assert board.method == "paired_bootstrap_rows"
    for row in board.rows:
        assert row["low"] <= row["score"] <= row["high"]


def test_public_and_private_scores_are_those_of_their_rows() -> None:
    challenge = open_challenge(rows=50)
    submission = submitted(entered(challenge), noise=3.0)
    score_all()
    evaluation = submission.evaluations.get()
    assert challenge.answers is not None
    share = challenge.answers.public_rows
    _ids, truth = numbers(50)
    given = np.random.default_rng(0).normal(0, 3.0, 50)
    whole = ((truth + given).round(4) - truth) ** 2
    assert evaluation.public_score is not None
    assert evaluation.private_score is not None
    together = evaluation.public_score**2 * share + evaluation.private_score**2 * (50 - share)
    assert together == pytest.approx(whole.sum())


def test_a_wrong_file_costs_nothing_and_names_every_fault() -> None:
    challenge = open_challenge(rows=20)
    team = entered(challenge)
    ids, truth = numbers(20)
    values = [*truth[:-2].tolist(), "oops", float("inf")]
    bad = csv_of(id=[*ids[1:], "stranger"], value=[str(value) for value in values])
    with pytest.raises(Faulty) as raised:
        submissions.submit(
            by=team.members.get().person, challenge=challenge, stream=io.BytesIO(bad), filename="x.csv"
        )
    codes = {fault.code for fault in raised.value.faults}
    assert {"id_missing", "id_unknown"} <= codes
    assert len(codes) >= 3
    assert Submission.objects.count() == 0


@pytest.mark.usefixtures("noon")
def test_quota_counts_what_was_scored_and_not_our_faults() -> None:
    challenge = open_challenge(rows=20)
    challenge.phases.update(per_day=2)
    team = entered(challenge)
    submitted(team)
    failed = submitted(team, seed=1)
    with pytest.raises(Denied, match="day_quota"):
        submitted(team, seed=2)
    Evaluation.objects.filter(submission=failed).update(state=Evaluation.State.FAILED_PLATFORM)
    submitted(team, seed=2)


def test_a_late_attempt_of_a_lost_scorer_writes_nothing() -> None:
    challenge = open_challenge(rows=20)
    submission = submitted(entered(challenge))
    (lost,) = leases.claim(kind="evaluation", worker="lost")
    Lease.objects.update(state="queued", claimed_by="")
    score_all()
    before = submission.evaluations.get()
    assert not leases.finish(lost, state=leases.State.FAILED_USER)
    assert submission.evaluations.get().state == before.state == "done"


def test_what_does_not_beat_chance_does_not_move_the_shown_score() -> None:
    challenge = open_challenge(rows=400)
    team = entered(challenge)
    submitted(team, noise=5.0, seed=1)
    submitted(team, noise=4.99, seed=2)
    submitted(team, noise=1.0, seed=3)
    score_all()
    first, second, third = Evaluation.objects.order_by("submission__number")
    assert (first.improved, third.improved) == (True, True)
    if not second.improved:
        assert second.public_released == first.public_released
    assert third.public_released is not None
    assert first.public_released is not None
    assert third.public_released < first.public_released


def test_the_same_file_by_two_teams_shares_a_rank_and_a_group() -> None:
    challenge = open_challenge(rows=60)
    body = predictions(challenge)
    for name in ("one", "two"):
        submitted(entered(challenge, name=name), content=body)
    score_all()
    board = boards.latest(challenge, Board.View.PUBLIC)
    assert board is not None
    first, second = board.rows
    assert (first["rank"], first["group"]) == (second["rank"], second["group"])
    assert (first["low"], first["high"]) == (second["low"], second["high"])
