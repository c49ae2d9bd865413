"""The demo alliance plays through the product's own actions, and a killed loader goes on where it stopped."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from dure.farm.hours import seconds_used
from dure.farm.models import Allocation, Contribution, UsageEntry
from dure.foundation import clock
from dure.foundation.models import Lease
from dure.problems.actions import leaks, winners
from dure.problems.models import Board, Challenge, Evaluation, Problem, ResultRecord, Submission
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
    assert counts[1] == 4
    _the_pilot_is_declared()
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


def _the_pilot_is_declared() -> None:
    """Before any scorer ran: with the scores of the judge that scores everybody's files, and dated when it happened."""
    pilot = Challenge.objects.get(slug="concrete-pilot")
    assert (pilot.state, pilot.problem.state) == ("finished", "solved")
    assert set(Evaluation.objects.filter(submission__challenge=pilot).values_list("state")) == {("done",)}
    assert not Lease.objects.filter(kind="problems.board", subject=pilot.uid, state="queued").exists()
    record = ResultRecord.objects.get(challenge=pilot, person__email="jiho.kim@seorae.example")
    final = boards.latest(pilot, Board.View.PRIVATE)
    assert final is not None
    row = next(one for one in final.rows if one["team"] == str(record.team.uid))
    assert (record.score, record.rank_low, record.rank_high) == (
        row["score"],
        row["rank_low"],
        row["rank_high"],
    )
    assert record.created_at < clock.now() - timedelta(days=99)
    assert pilot.awards.get().state == "accepted"


def test_a_loader_killed_while_it_declares_leaves_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(winners, "accept", _killed)
        with pytest.raises(KeyboardInterrupt):
            load()
    assert set(Challenge.objects.values_list("state", flat=True)) == {"open"}
    load()
    assert Challenge.objects.get(slug="concrete-pilot").state == "finished"


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
