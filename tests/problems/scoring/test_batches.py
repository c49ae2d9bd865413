"""Several files of one team in one batch: the Ladder goes by each before the next, and nothing stands on a result that is void."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from django.conf import settings

from dure.engines.scoring.metric import Array
from dure.foundation import leases
from dure.problems.models import Evaluation, Team
from dure.problems.scoring import EVALUATION, cache, process, work
from dure.problems.scoring.memory import Memory
from tests.factories.problems import entered, open_challenge, submitted

pytestmark = pytest.mark.django_db
NOISES = (6.0, 5.9, 3.0, 8.0, 2.95, 1.0)


@pytest.fixture
def team() -> Team:
    challenge = open_challenge(rows=60)
    challenge.phases.update(per_day=0, per_phase=0)
    return entered(challenge)


def claim(turns: int) -> list[leases.Claim]:
    return leases.claim(kind=EVALUATION, worker="test", limit=100, turns=turns)


def shown() -> list[tuple[float | None, bool]]:
    rows = Evaluation.objects.order_by("submission_id")
    assert {row.state for row in rows} == {"done"}
    return [(row.public_released, row.improved) for row in rows]


def ask_for_all_again() -> None:
    for row in Evaluation.objects.order_by("submission_id"):
        leases.requeue(kind=EVALUATION, subject=row.uid)
    Evaluation.objects.update(state="queued", public_released=None, improved=False, public_score=None)


def test_files_scored_together_are_shown_as_if_one_by_one(team: Team) -> None:
    for at, noise in enumerate(NOISES):
        submitted(team, noise=noise, seed=at)
    work.score_batch(claim(turns=100))
    together = shown()
    ask_for_all_again()
    for _ in NOISES:
        work.score_batch(claim(turns=1))
    assert shown() == together
    assert 1 < sum(improved for _, improved in together) < len(NOISES)


def test_nothing_is_shown_that_stands_on_a_void_result(team: Team) -> None:
    first, second = submitted(team, noise=1.0, seed=1), submitted(team, noise=4.0, seed=2)
    claims = claim(turns=2)
    assert len(claims) == 2
    leases.cancel(kind=EVALUATION, subject=first.evaluations.get().uid)
    with pytest.raises(work.Overtaken):
        work.score_batch(claims)
    assert second.evaluations.get().state == "queued"
    leases.release_all(worker="test")
    process.Scorer(name="another").run(until_empty=True)
    mine = second.evaluations.get()
    assert (mine.state, mine.improved) == ("done", True)
    assert first.evaluations.get().public_score is None


def test_a_void_result_holds_up_no_other_team(team: Team) -> None:
    first, other = submitted(team), submitted(entered(team.challenge, name="other"))
    claims = claim(turns=2)
    leases.cancel(kind=EVALUATION, subject=first.evaluations.get().uid)
    work.score_batch(claims)
    assert other.evaluations.get().state == "done"
    assert first.evaluations.get().public_score is None


def test_batches_hold_what_fits_into_a_moment() -> None:
    assert process.fitting(1, seconds=30.0) == 1
    assert process.fitting(10, seconds=process.BATCH_SECONDS) == 10
    assert process.fitting(64, seconds=0.001) == process.BATCH[1]


def written() -> Sequence[Path]:
    return list((Path(settings.DATA) / "cache" / "influence").rglob("*.f32"))


@pytest.mark.parametrize("damage", [b"", b"\0" * 200, b"DUREINF1"])
def test_remembered_values_are_read_back_only_when_whole(
    damage: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid, values = uuid4(), np.array([0.5, -0.25, np.nan])
    cache.keep_influence(uid, values)
    monkeypatch.setattr(cache, "_recent", Memory(10**6))  # as after a restart

    def never() -> Array:
        raise AssertionError

    assert np.array_equal(cache.influence_of(uid, never), values, equal_nan=True)
    (path,) = [path for path in written() if path.stem == str(uid)]
    path.write_bytes(damage)
    assert np.array_equal(cache.influence_of(uid, lambda: values * 2), values * 2, equal_nan=True)
    assert path.read_bytes() != damage


def test_memory_forgets_the_longest_unused_first() -> None:
    memory: Memory[str, int] = Memory(10)
    for key in "abc":
        memory.remember(key, 1, size=4)
        memory.recall("a")
    assert [key for key in "abc" if memory.recall(key)] == ["a", "c"]
    memory.remember("huge", 1, size=100)
    assert memory.recall("huge") == 1
