"""Nothing accepted is lost and nothing is counted twice, whatever dies: real processes, real kills."""

import os
import random
import re
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.serving import Served, parent_of, serving
from tests.cli.waiting import STILL_S, until_still
from tests.factories import crowd
from tests.factories.crowd import Crowd

pytestmark = pytest.mark.slow
SUBMISSIONS, TEAMS, ROWS, SEED = 1000, 25, 40, 20_260_511
KILLS = 9
WEB, SCORER, DATABASE = "granian", "manage scorer", "bin/postgres"


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("k") / "d"


def processes(served: Served, pattern: str) -> list[int]:
    """The direct children of the supervisor whose command line matches; none while one is being started again."""
    return [
        pid
        for pid, line in served.descendants().items()
        if re.search(pattern, line) and parent_of(pid) == served.process.pid
    ]


def kill(served: Served, pattern: str) -> None:
    for pid in processes(served, pattern):
        os.kill(pid, signal.SIGKILL)


@dataclass
class Sender:
    """A client that sends each file until it is told what became of it.

    It gives up when for `STILL_S` seconds no file at all is accepted: how long a thousand take is the machine's affair.
    `accepted` holds when each was.
    """

    served: Served
    made: Crowd
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20))
    interrupted: int = 0
    refused: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    accepted: list[float] = field(default_factory=list)

    def send(self, number: int) -> str:
        """The uid of the submission made of file `number`; a lost answer is asked for again under the same key."""
        while time.monotonic() < (self.accepted or [self.began])[-1] + STILL_S:
            try:
                answer = self._post(number)
            except httpx.HTTPError:
                self.interrupted += 1
                time.sleep(0.3)
                continue
            if answer.status_code == 201:
                self.accepted.append(time.monotonic())
                return str(answer.json()["uid"])
            self.refused.append(f"{answer.status_code} {answer.text[:200]}")
            if answer.status_code != 503:
                break
            time.sleep(0.3)
        raise AssertionError(
            f"file {number}: {self.interrupted} times interrupted, refused {self.refused[-3:]}"
        )

    def send_all(self, count: int) -> list[str]:
        with self.client, ThreadPoolExecutor(6) as pool:
            return list(pool.map(self.send, range(count)))

    def send_one(self, number: int) -> str:
        with self.client:
            return self.send(number)

    def _post(self, number: int) -> httpx.Response:
        token = self.made.tokens[number % len(self.made.tokens)]
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"file {number}"}
        files = {"file": (f"{number}.csv", self.made.file(number))}
        return self.client.post(
            f"{self.served.url}api/v1/challenges/{self.made.slug}/submissions", headers=headers, files=files
        )


@contextmanager
def killing(served: Served, sender: Sender, *, seed: int) -> Iterator[list[str]]:
    """Kill web, scorer and database in turn while files come in, until the block ends; yields what was killed so far.

    The moments are counted in accepted files, so that a fast and a slow machine see the same number of kills.
    """
    draw, over, killed = random.Random(seed), threading.Event(), list[str]()  # noqa: S311 - a repeatable schedule

    def work() -> None:
        for turn in range(KILLS):
            victim = (WEB, SCORER, DATABASE)[turn % 3]
            moment = SUBMISSIONS * (turn + draw.random()) / (KILLS + 1)
            while len(sender.accepted) < moment or not processes(served, victim):
                if over.wait(0.05):
                    return
            kill(served, victim)
            killed.append(victim)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def settled(folder: Path, slug: str) -> dict[str, Any]:
    """What the database holds once no run is open any more; until then their number must not stand still."""
    until_still(lambda: crowd.open_runs(folder) == 0, lambda: crowd.open_runs(folder), every_s=0.5)
    return crowd.inspect(folder, slug)


def assert_each_once(found: dict[str, Any], accepted: list[str]) -> None:
    """Every accepted submission and no other stands, with exactly one evaluation, done; quota and boards agree."""
    states = found["states"]
    assert sorted(states) == sorted(set(accepted))
    assert [uid for uid, each in states.items() if each != ["done"]] == []
    assert found["used"] == found["counted"]
    assert found["leases"] == {"done": len(accepted)}
    assert found["boards_fresh"]


def test_a_thousand_submissions_while_everything_is_killed(folder: Path) -> None:
    with serving(folder) as served:
        made = crowd.make(folder, teams=TEAMS, rows=ROWS)
        sender = Sender(served, made)
        with killing(served, sender, seed=SEED) as killed:
            accepted = sender.send_all(SUBMISSIONS)
        assert len(set(accepted)) == SUBMISSIONS
        assert killed == [WEB, SCORER, DATABASE] * (KILLS // 3)
        assert sender.interrupted > 0
        assert_each_once(settled(folder, made.slug), accepted)


def test_a_killed_supervisor_and_a_lost_database_leave_nothing_undone(folder: Path) -> None:
    with serving(folder) as served:
        made = crowd.make(folder, teams=10, rows=ROWS)
        for pid in processes(served, SCORER):
            os.kill(pid, signal.SIGSTOP)
        accepted = Sender(served, made).send_all(40)
        served.process.kill()
        served.process.wait()
    with serving(folder) as again:
        assert_each_once(settled(folder, made.slug), accepted)
        kill(again, DATABASE)  # while the scorer waits for work
        accepted += [Sender(again, made).send_one(100)]
        assert_each_once(settled(folder, made.slug), accepted)


def test_a_scorer_that_was_stopped_past_its_lease_changes_nothing(folder: Path) -> None:
    with serving(folder) as served:
        made = crowd.make(folder, teams=10, rows=ROWS)
        (held,) = processes(served, SCORER)
        os.kill(held, signal.SIGSTOP)
        accepted = Sender(served, made).send_all(60)
        crowd.stop_holding(folder, held)
        with crowd.scorer(folder):
            before = settled(folder, made.slug)
            assert_each_once(before, accepted)
            os.kill(held, signal.SIGCONT)
            settled(folder, made.slug)
            time.sleep(3)  # what the late one would write, it writes now
            after = crowd.inspect(folder, made.slug)
    assert after["scores"] == before["scores"]
    assert after["states"] == before["states"]
