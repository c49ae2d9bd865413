"""Code goes to the rows of two members and comes back as one score; rows, answers and logs stay where they are."""

import json
import sqlite3
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from dure.farm.models import SiteTask
from dure.problems.models import CodeRun, Evaluation, Submission
from dure.problems.sites import following
from tests.cli.submitter import _application  # noqa: F401 - a fixture
from tests.factories.code import handed
from tests.factories.problems import entered
from tests.factories.sites import LEARNS, Ground, joined, sited_challenge

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.packages,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_application"),
]
HALF = LEARNS.replace("* slope", "* 1.0")
FAILS = (
    "def predict(inputs, output):\n    print(open(inputs / 'test.csv').read())\n    raise ValueError('x')\n"
)


@pytest.fixture
def grounds(tmp_path: Path) -> list[Ground]:
    """Two members whose rows follow different laws: what is learnt at one is wrong at the other."""
    return [
        joined(tmp_path / "one", slope=2.0, rows=60, seed=1),
        joined(tmp_path / "two", slope=5.0, rows=120, seed=2),
    ]


def everywhere(grounds: list[Ground]) -> None:
    for one in grounds:
        assert one.say("run", "--once") == 0
    following.advance_all()


def evaluation_of(submission: Submission) -> Evaluation:
    return submission.evaluations.get()


def errors(one: Ground, slope: float) -> np.ndarray:
    truth = pl.read_csv(one.data / "answers.csv")["value"].to_numpy()
    x = pl.read_csv(one.data / "inputs" / "test.csv")["x"].to_numpy()
    return np.abs(truth - x * slope)


def test_a_model_is_trained_and_scored_at_both_and_the_scores_are_put_together_by_their_rows(
    grounds: list[Ground],
) -> None:
    submission = handed(entered(sited_challenge(grounds)), LEARNS)
    everywhere(grounds)
    found = evaluation_of(submission)
    assert found.state == "done", list(SiteTask.objects.values("state", "result"))
    parts = found.details["sites"]
    assert sorted(part["public_rows"] + part["private_rows"] for part in parts) == [60, 120]
    whole = sum(p["private"] * p["private_rows"] for p in parts) / sum(p["private_rows"] for p in parts)
    assert found.private_score == pytest.approx(whole)
    # each site's own law was learnt there: no single slope fits both
    assert found.private_score is not None
    assert found.private_score < 1
    assert min(errors(grounds[0], 5.0).mean(), errors(grounds[1], 2.0).mean()) > 50


def test_what_comes_back_holds_no_row_and_nothing_that_the_code_printed(grounds: list[Ground]) -> None:
    submission = handed(entered(sited_challenge(grounds)), FAILS)
    everywhere(grounds)
    assert evaluation_of(submission).state == "failed_run"
    told = json.dumps(list(SiteTask.objects.values("result", "log")))
    first = pl.read_csv(grounds[0].data / "inputs" / "test.csv").row(0)
    assert not any(str(cell) in told for cell in first)
    run = submission.code_runs.filter(state="failed_user").first()
    assert run is not None
    assert (run.exception, run.log) == ("ValueError", "")
    with sqlite3.connect(grounds[0].folder / "journal.sqlite") as journal:
        (log,) = journal.execute("select log from run").fetchone()
    assert str(first[0]) in log  # the owner alone can read it


def test_a_log_leaves_when_its_owner_has_read_and_released_it(grounds: list[Ground]) -> None:
    submission = handed(entered(sited_challenge(grounds[:1])), "def predict(i, o):\n    print('seen here')\n")
    everywhere(grounds[:1])
    task = SiteTask.objects.get()
    assert task.log == ""
    assert grounds[0].say("release", str(task.uid)) == 1  # nobody said yes
    assert grounds[0].say("release", str(task.uid), "--yes") == 0
    following.advance(task.uid)
    assert "seen here" in submission.code_runs.get(stage=CodeRun.Stage.SITE).log


def test_the_ladder_of_the_site_moves_only_for_more_than_chance(grounds: list[Ground]) -> None:
    team = entered(sited_challenge(grounds[:1]))
    shown = []
    for source in (HALF, LEARNS, LEARNS.replace("* slope", "* slope + 0.001")):
        submission = handed(team, source)
        everywhere(grounds[:1])
        found = evaluation_of(submission)
        shown.append((found.improved, found.public_released))
    assert [improved for improved, _score in shown] == [True, True, False]
    assert shown[1][1] == shown[2][1]


def test_looks_run_out_as_the_owner_said_and_cost_the_team_nothing(grounds: list[Ground]) -> None:
    challenge = sited_challenge(grounds[:1], limits=("--looks-each", "1"))
    team = entered(challenge)
    states = []
    for _attempt in range(2):
        submission = handed(team, LEARNS)
        everywhere(grounds[:1])
        states.append((evaluation_of(submission).state, submission.code_runs.get().problem))
    assert states == [("done", ""), ("failed_platform", "no_looks_left_for_team")]


def test_too_few_rows_have_no_score_and_are_not_counted(tmp_path: Path) -> None:
    few = [joined(tmp_path / "few", rows=12)]
    submission = handed(entered(sited_challenge(few)), LEARNS)
    everywhere(few)
    (part,) = evaluation_of(submission).details["sites"]
    assert (part["public"], part["public_rows"], part["private"], part["private_rows"]) == (None, 0, None, 0)


def test_rows_that_changed_since_are_not_run_on(grounds: list[Ground]) -> None:
    submission = handed(entered(sited_challenge(grounds[:1])), LEARNS)
    with (grounds[0].data / "answers.csv").open("a") as file:
        file.write("more,1.0\n")
    everywhere(grounds[:1])
    assert submission.code_runs.get().problem == "data_changed"
    assert evaluation_of(submission).state == "failed_platform"
