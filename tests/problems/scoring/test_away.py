"""What happens when a part of the platform is away: clear words, nothing counted, nothing half kept, and on it goes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from dure.foundation import clock, files, leases, pages
from dure.foundation.access import Role
from dure.foundation.limited import child
from dure.foundation.models import Lease, Notice
from dure.problems import quota
from dure.problems.models import Challenge, Evaluation, Submission, Team
from dure.problems.scoring import BOARD, boards, process, work
from dure.problems.scoring.asking import ask_for_board
from tests import faulty
from tests.factories.people import client_of, person
from tests.factories.problems import entered, open_challenge, predictions, submitted

pytestmark = pytest.mark.django_db


def turn() -> None:
    """One round of a scorer that does not wait."""
    scorer = process.Scorer(name="test")
    scorer.stop()
    scorer._turn()
    scorer._clean_up()


def post(client: Client, challenge: Challenge, body: bytes) -> Any:
    return client.post(
        f"/api/v1/challenges/{challenge.slug}/submissions",
        {"file": SimpleUploadedFile("p.csv", body)},
        headers={"idempotency-key": f"key {len(body)}"},
    )


@pytest.fixture
def team() -> Team:
    return entered(open_challenge(rows=30))


@pytest.fixture
def client(team: Team) -> Client:
    client = client_of(team.members.get().person)
    client.handler.enforce_csrf_checks = False
    return client


@pytest.fixture
def blobs_gone() -> Iterator[Path]:
    """The folder of files under another name for a while."""
    there = settings.DATA / "blobs"
    away = settings.DATA / "blobs.away"
    yield there
    if away.exists():
        away.rename(there)


def used(team: Team) -> int:
    phase = quota.open_phase(team.challenge)
    assert phase is not None
    return quota.quota_of(team, phase).total


def test_a_store_that_is_away_is_waited_for(team: Team, client: Client, blobs_gone: Path) -> None:
    submission = submitted(team)
    blobs_gone.rename(blobs_gone.with_suffix(".away"))
    for _ in range(leases.MAX_ATTEMPTS + 1):
        turn()
    assert Lease.objects.get(kind="evaluation").state == "queued"
    assert submission.evaluations.get().state == "queued"
    answer = post(client, team.challenge, predictions(team.challenge, seed=4))
    assert (answer.status_code, answer.json()["code"]) == (503, "storage_away")
    assert not blobs_gone.exists()
    assert Submission.objects.count() == 1
    blobs_gone.with_suffix(".away").rename(blobs_gone)
    process.Scorer(name="test").run(until_empty=True)
    assert submission.evaluations.get().state == "done"
    assert used(team) == 1


def test_one_lost_file_is_a_platform_fault_and_holds_up_no_other(team: Team) -> None:
    lost, kept = submitted(team), submitted(team, seed=1)
    files.local_path(str(lost.table_id)).unlink()
    process.Scorer(name="test").run(until_empty=True)
    assert lost.evaluations.get().state == "failed_platform"
    assert kept.evaluations.get().state == "done"
    assert used(team) == 1


def test_three_lost_attempts_give_the_quota_back_and_tell_the_operator(team: Team) -> None:
    operator = person(roles=[Role.OPERATOR])
    submission = submitted(team)
    now = clock.now()
    for _ in range(leases.MAX_ATTEMPTS):
        assert len(leases.claim(kind="evaluation", worker="dies")) == 1
        now += timedelta(hours=1)
        with clock.at(now):
            leases.sweep_and_tell(now)
    assert submission.evaluations.get().state == "failed_platform"
    assert used(team) == 0
    assert Notice.objects.filter(person=operator, kind="problems.platform_fault").count() == 1


def test_the_database_lost_in_the_middle_gives_everything_back_uncounted(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = submitted(team)

    def broken(_outcomes: object) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(work, "_write", broken)
        patch.setattr(connection, "close", lambda: None)
        for _ in range(leases.MAX_ATTEMPTS + 1):
            turn()
    lease = Lease.objects.get(kind="evaluation")
    assert (lease.state, lease.tries) == ("queued", 0)
    process.Scorer(name="test").run(until_empty=True)
    assert submission.evaluations.get().state == "done"


def test_a_board_asked_for_while_it_is_computed_is_computed_again(team: Team) -> None:
    ask_for_board(team.challenge)
    (claimed,) = leases.claim(kind=BOARD, worker="a")
    submitted(team)
    work.score_batch(leases.claim(kind="evaluation", worker="a"))
    boards.compute_claimed(claimed)
    assert Lease.objects.get(kind=BOARD).state == "queued"
    (again,) = leases.claim(kind=BOARD, worker="a")
    boards.compute_claimed(again)
    assert Lease.objects.get(kind=BOARD).state == "done"


def test_a_late_board_writes_nothing(team: Team) -> None:
    ask_for_board(team.challenge)
    (late,) = leases.claim(kind=BOARD, worker="a")
    leases.sweep(clock.now() + timedelta(hours=1))
    assert leases.claim(kind=BOARD, worker="b")
    boards.compute_claimed(late)
    assert boards.latest(team.challenge, "public") is None


def test_the_same_key_gives_the_same_submission(team: Team, client: Client) -> None:
    team.challenge.phases.update(per_day=1)
    body = predictions(team.challenge)
    first, second = (post(client, team.challenge, body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["uid"] == second.json()["uid"]
    assert Evaluation.objects.count() == 1


def test_a_reader_killed_in_between_is_replaced(team: Team) -> None:
    submitted(team)
    assert child._process is not None
    child._process.kill()
    submitted(team, seed=1)
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("path", ["/", "/api/v1/problems"])
def test_a_lost_database_is_said_and_not_traced(path: str, rf: Any) -> None:
    def gone() -> None:
        raise OperationalError("server closed the connection")

    try:
        gone()
    except OperationalError:
        answer = pages.server_error(rf.get(path))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert b"server closed" not in answer.content


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A disk of 4 MB that holds uploads and files."""
    with faulty.small_disk(tmp_path / "disk") as disk:
        blobs = {**settings.STORAGES["blobs"], "OPTIONS": {"location": str(disk / "blobs")}}
        settings.DATA = disk
        settings.STORAGES = {**settings.STORAGES, "blobs": blobs, "default": blobs}
        yield disk


def test_a_full_disk_refuses_in_words_and_takes_files_again_with_room(small_disk: Path) -> None:
    team = entered(open_challenge(rows=30))
    client = client_of(team.members.get().person)
    filler = faulty.fill_up(small_disk)
    before = sorted(path for path in (small_disk / "blobs").rglob("*") if path.is_file())
    body = predictions(team.challenge, seed=9)
    answer = post(client, team.challenge, body)
    assert (answer.status_code, answer.json()["code"]) == (503, "storage_away")
    assert sorted(path for path in (small_disk / "blobs").rglob("*") if path.is_file()) == before
    assert list((small_disk / "uploads").iterdir()) == []
    assert (Submission.objects.count(), used(team)) == (0, 0)
    filler.unlink()
    assert post(client, team.challenge, body).status_code == 201
    process.Scorer(name="test").run(until_empty=True)
    assert Evaluation.objects.get().state == "done"
