"""The demo alliance plays through the product's own actions, and a killed loader goes on where it stopped."""

import io

import pytest
from django.core.management import call_command

from dure.farm.hours import seconds_used
from dure.farm.models import Allocation, Contribution, UsageEntry
from dure.problems.actions import leaks
from dure.problems.models import Board, Challenge, Evaluation, Problem, Submission
from dure.problems.scoring import boards, process

pytestmark = pytest.mark.django_db


def load() -> str:
    out = io.StringIO()
    call_command("demo_load", stdout=out)
    return out.getvalue()


def test_the_demo_is_loaded_scored_and_loading_again_changes_nothing() -> None:
    said = load()
    assert said.index("[people]") < said.index("problems are open")
    counts = (Problem.objects.count(), Challenge.objects.count(), Submission.objects.count())
    assert counts[1] == 3
    load()
    assert (Problem.objects.count(), Challenge.objects.count(), Submission.objects.count()) == counts
    process.Scorer(name="test").run(until_empty=True)
    assert set(Evaluation.objects.values_list("state", flat=True)) == {"done"}
    for challenge in Challenge.objects.all():
        board = boards.latest(challenge, Board.View.PUBLIC)
        assert board is not None
        assert len(board.rows) >= 7
        assert any(row["baseline"] for row in board.rows)
        best, worst = board.rows[0], board.rows[-1]
        assert best["group"] < worst["group"]


def test_a_loader_killed_while_it_opens_a_problem_leaves_nothing_half_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(leaks, "check_now", _killed)
        with pytest.raises(KeyboardInterrupt):
            load()
    assert not Problem.objects.exists()
    load()
    assert Challenge.objects.filter(state="open").count() == 3


def _killed(**_given: object) -> None:
    raise KeyboardInterrupt


def test_the_farm_has_a_past_and_loading_again_adds_nothing_to_it() -> None:
    load()
    found = (Contribution.objects.count(), Allocation.objects.count(), UsageEntry.objects.count())
    assert {one.state for one in Contribution.objects.all()} == {"accepted", "offered"}
    assert {one.state for one in Allocation.objects.all()} == {"active", "expiring", "requested"}
    assert UsageEntry.objects.filter(provider=None).count() == 0
    load()
    assert (Contribution.objects.count(), Allocation.objects.count(), UsageEntry.objects.count()) == found
    for hours in Allocation.objects.filter(state__in=("active", "expiring")):
        assert 0 < seconds_used([hours.pk])[hours.pk] < hours.hours * 3600
