"""Two sites on one machine, each with its own data, key and network: watched on the wire, killed, cut off, started again."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest

from dure.farm.models import SiteTask
from dure.problems.models import Submission, Team
from dure.problems.sites import following
from tests.cli.serving import bare_environment
from tests.cli.submitter import _application  # noqa: F401 - a fixture
from tests.cli.waiting import until
from tests.factories.code import handed
from tests.factories.problems import entered
from tests.factories.sites import LEARNS, Ground, joined, sited_challenge
from tests.problems.sites.wire import Wire, namespace

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.packages,
    pytest.mark.django_db(transaction=True),
    pytest.mark.namespaces,
]
SLOWLY = "import time\ntime.sleep(4)\n" + LEARNS


class Far:
    """A site in a network of its own, with the wire that leads from it."""

    def __init__(self, ground: Ground, network: str, wire: Wire) -> None:
        self.ground, self.network, self.wire = ground, network, wire

    def start(self) -> "subprocess.Popen[bytes]":
        words = [sys.executable, "-m", "dure.cli", "site", "--folder", str(self.ground.folder), "run"]
        with (self.ground.folder / "said.txt").open("a") as said:
            return subprocess.Popen(
                ["ip", "netns", "exec", self.network, *words],
                env=bare_environment(),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        process = self.start()
        try:
            yield process
        finally:
            kill(process)

    def is_at_it(self) -> bool:
        """The program and the rows are laid, so that nothing more is needed from the platform."""
        return any((self.ground.folder / "work").glob("*/input/*"))

    def ended(self) -> int:
        return self._count("ended is not null")

    def _count(self, which: str) -> int:
        with sqlite3.connect(self.ground.folder / "journal.sqlite") as journal:
            found: int = journal.execute(f"select count(*) from run where {which}").fetchone()[0]  # noqa: S608 - two words of ours
            return found


def kill(process: "subprocess.Popen[bytes]") -> None:
    """As a power cut: the process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


@pytest.fixture
def far(tmp_path: Path, live_server: object, _application: None) -> Iterator[list[Far]]:  # noqa: F811 - the fixture of this name
    """Two sites that joined over their wires. The commands of their owners are said from here; the process runs there."""
    port = urlsplit(str(live_server)).port
    assert port is not None
    with ExitStack() as both:
        networks = [both.enter_context(namespace(number, port)) for number in (1, 2)]
        address = f"http://127.0.0.1:{port}"
        grounds = [
            joined(tmp_path / str(at), address=address, slope=2.0 + 3 * at, rows=60 * (at + 1), seed=at + 1)
            for at in range(2)
        ]
        yield [Far(ground, *network) for ground, network in zip(grounds, networks, strict=True)]


@pytest.fixture
def team(far: list[Far]) -> Team:
    return entered(sited_challenge([one.ground for one in far]))


def is_done(submission: Submission) -> bool:
    following.advance_all()
    return submission.evaluations.get().state == "done"


def test_no_row_crosses_the_wire(far: list[Far], team: Team) -> None:
    submission = handed(team, LEARNS)
    with far[0].running(), far[1].running():
        until(lambda: is_done(submission), within_s=120)
    for one in far:
        said = bytes(one.wire.said)
        assert b"/api/v1/site/tasks" in said
        for name in ("answers.csv", "inputs/test.csv", "training/train.csv"):
            cells = {str(cell) for row in pl.read_csv(one.ground.data / name).rows() for cell in row}
            told = [cell for cell in cells if len(cell) > 3 and cell.encode() in said]
            assert not told, name


def test_a_site_knows_no_network_but_its_wire(far: list[Far]) -> None:
    """Or the watching above would prove nothing."""
    words = "import socket; socket.create_connection(('127.0.0.1', %d), 2)"
    other = far[1].wire.port
    tried = ["ip", "netns", "exec", far[0].network, sys.executable, "-c", words % other]
    assert subprocess.run(tried, check=False, capture_output=True).returncode != 0
    routes = subprocess.run(["ip", "-n", far[0].network, "route"], check=True, capture_output=True, text=True)
    assert "default" not in routes.stdout


def test_a_site_killed_in_the_middle_does_it_again_and_looks_once(far: list[Far], team: Team) -> None:
    submission = handed(team, SLOWLY)
    with far[1].running():
        process = far[0].start()
        until(far[0].is_at_it, within_s=60)
        kill(process)
        assert SiteTask.objects.filter(state="queued").exists()
        with far[0].running():
            until(lambda: is_done(submission), within_s=120)
    assert [one.ended() for one in far] == [1, 1]
    assert SiteTask.objects.filter(state="done").count() == 2


def test_a_site_cut_off_tells_later_what_it_found_and_does_not_look_again(far: list[Far], team: Team) -> None:
    submission = handed(team, SLOWLY)
    with far[1].running(), far[0].running() as process:
        until(far[0].is_at_it, within_s=60)
        far[0].wire.cut()
        until(lambda: far[0].ended() == 1, within_s=60)
        assert not is_done(submission)
        kill(process)  # started again while it is still cut off
        with far[0].running():
            far[0].wire.mend()
            until(lambda: is_done(submission), within_s=120)
    assert [one.ended() for one in far] == [1, 1]
