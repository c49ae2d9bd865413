"""`dure site run`: asks for work, does one task at a time, and tells what came of it. It may be killed at any moment.

A task that ended stands in the journal with its result before Dure hears of it, and is told again until Dure has it. One that was
killed on its way told nobody anything, and begins anew.
"""

import logging
import shutil
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import httpx

from dure.cli.server import ServerError
from dure.cli.site import carrying
from dure.cli.site.carrying import Ended, Task, Work
from dure.cli.site.data import Hashes
from dure.cli.site.door import Door
from dure.cli.site.folder import Folder, Identity
from dure.cli.site.journal import Journal, Run
from dure.cli.words import either

log = logging.getLogger(__name__)
POLL_S: Final = 2.0
LONGEST_PAUSE_S: Final = 60.0
AWAY: Final = (httpx.TransportError, OSError)
UNAUTHORISED: Final = (401, 403)
GONE: Final = 404
"""The task was taken back meanwhile, or its files are lost: what waits behind it goes on."""
Say = Callable[[str], None]


class Site:
    """The process. `turn` is one look for work; `run` looks for ever."""

    def __init__(self, folder: Folder, identity: Identity, journal: Journal, *, say: Say) -> None:
        self._folder, self._identity, self._journal, self._say = folder, identity, journal, say
        self._hashes = Hashes()

    def run(self, *, once: bool) -> int:
        """Returns the exit status: 1 where the key opens nothing any more."""
        shutil.rmtree(self._folder.work, ignore_errors=True)
        pause = POLL_S
        while True:
            try:
                worked, pause = self.turn(), POLL_S
            except ServerError as error:
                if error.status in UNAUTHORISED:
                    self._say(
                        either(
                            f"the server refuses this site: {error.message}",
                            f"서버가 이 사이트를 거절합니다: {error.message}",
                        )
                    )
                    return 1
                worked, pause = False, self._wait_longer(error.message, pause)
            except AWAY as error:
                worked, pause = False, self._wait_longer(str(error) or type(error).__name__, pause)
            if once and not worked:
                return 0
            if not worked:
                time.sleep(pause)

    def _wait_longer(self, why: str, pause: float) -> float:
        longer = min(pause * 2, LONGEST_PAUSE_S)
        self._say(
            either(
                f"waiting for the server ({why}); again in {longer:.0f} s",
                f"서버를 기다립니다 ({why}). {longer:.0f}초 뒤 다시",
            )
        )
        return longer

    def turn(self) -> bool:
        """Do what waits, the oldest first; True where there was something."""
        with Door(self._identity) as door:
            sent = door.tasks()
            for one in sent:
                self._do(door, one)
            return bool(sent)

    def _do(self, door: Door, sent: dict[str, Any]) -> None:
        uid = str(sent["uid"])
        done = self._journal.run(uid)
        if done is None or done.result is None:
            done = self._carried_out(door, uid, sent)
        if done.result is not None:
            state = door.send(uid, done.result)
            self._journal.mark_sent(uid)
            self._say(
                f"{done.name}: {done.result['state']} {done.result.get('problem', '')} -> {state}".strip()
            )

    def _carried_out(self, door: Door, uid: str, sent: dict[str, Any]) -> Run:
        begin = partial(self._journal.begin, uid, use=str(sent["use"]), name=str(sent["name"]))
        try:
            task = Task.of(sent)
        except (ValueError, KeyError, TypeError):
            begin(team="")
            ended = carrying.refused("order_unreadable")
        else:
            begin(team=task.team)
            ended = self._ended(door, task)
        self._journal.end(uid, ended.result, log=ended.log, best=ended.best)
        found = self._journal.run(uid)
        assert found is not None  # noqa: S101 - begun above
        return found

    def _ended(self, door: Door, task: Task) -> Ended:
        permit, dataset = self._journal.permit(task.use), self._journal.dataset(task.dataset)
        if problem := carrying.why_not(task, permit, dataset, self._journal):
            return carrying.refused(problem)
        assert permit is not None  # noqa: S101 - why_not
        assert dataset is not None  # noqa: S101 - why_not
        self._say(either(f"{task.name}: running", f"{task.name}: 실행 중"))
        work = Work(
            task,
            permit,
            dataset,
            self._journal,
            self._folder.work,
            partial(door.fetch, task.uid),
            self._hashes,
        )
        try:
            return carrying.carry(work)
        except ServerError as error:
            if error.status != GONE:
                raise
            return Ended({"state": "failed_platform", "problem": "files_gone"})
