"""The scorer process: claims evaluations, scores them, and closes them in the transaction that writes their scores.

It may be killed at any moment: what it held goes back to the queue when its lease runs out, and a result of a lost attempt is
refused by the fence. Evaluations come before boards; boards are computed when the queue is quiet, or every few seconds.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from dure.foundation import clock, files, leases
from dure.foundation.away import AWAY
from dure.foundation.bell import Listener
from dure.foundation.heartbeat import beating
from dure.problems.actions import leaks, rescores
from dure.problems.bell import SCORER
from dure.problems.scoring import BOARD, EVALUATION, LEAKS, boards, work

log = logging.getLogger(__name__)
BATCH_SECONDS = 0.8
BATCH = (1, 512)
"""Fewest and most runs claimed at once: as many as take about BATCH_SECONDS at the pace of the batch before.

So small files share their words with the database, and nobody waits long behind the many or large files of another team.
"""
POLL_SECONDS = 2.0
SWEEP_SECONDS = 10.0
BOARD_SECONDS = 3.0
BOARD_SHARE = 0.1
"""While evaluations wait, boards take at most this share of the time: large ones come less often, and results sooner."""


class Scorer:
    """One process of the farm of scorers. `run` returns when it was told to stop, or when the queue is empty if asked so."""

    def __init__(self, *, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()}:{os.getpid()}"
        self._stop = threading.Event()
        self._next_board = self._last_sweep = 0.0
        self._batch = BATCH[0]
        self._interrupted, self._is_quiet = False, True
        self._ear = Listener(SCORER)

    def stop(self, *_signal: Any) -> None:
        self._stop.set()

    def run(self, *, until_empty: bool = False) -> None:
        with beating(self.name):
            while not self._stop.is_set():
                worked = self._turn()
                if not worked and until_empty:
                    return
                if not worked:
                    self._ear.wait(POLL_SECONDS, unless=self._stop.is_set)

    def _turn(self) -> bool:
        """One round of work; False when there was none. A lost database or store is waited for, never given up on."""
        try:
            self._clean_up()
            self._sweep_now_and_then()
            return self._evaluate() or self._compute_board() or self._check_leaks()
        except AWAY as error:
            self._interrupted = True
            log.warning("the database is away (%s); waiting for it", type(error).__name__)
            connection.close()
        except files.StorageUnavailable as error:
            self._interrupted = True
            log.warning("the file store is away (%s); waiting for it", error)
        except work.Overtaken:
            self._interrupted = True
            return True
        self._stop.wait(POLL_SECONDS)
        return True

    def _clean_up(self) -> None:
        """After an interruption the rows may say that we hold runs we have dropped, and our own heartbeat would keep them ours."""
        if self._interrupted:
            leases.release_all(worker=self.name)
            self._interrupted = False

    def _evaluate(self) -> bool:
        self._ear.listen()
        claims = leases.claim(kind=EVALUATION, worker=self.name, limit=self._batch, turns=self._batch)
        if not claims:
            self._is_quiet = True
            return False
        began = time.monotonic()
        if self._is_quiet:  # those who wait get their results before anybody gets a board
            self._is_quiet, self._next_board = False, max(self._next_board, began + BOARD_SECONDS)
        work.score_batch(claims)
        self._batch = fitting(len(claims), seconds=time.monotonic() - began)
        if time.monotonic() > self._next_board:
            self._compute_board()
        return True

    def _compute_board(self) -> bool:
        began = time.monotonic()
        claims = leases.claim(kind=BOARD, worker=self.name)
        for claimed in claims:
            self._do_or_lose(_compute, claimed)
        ended = time.monotonic()
        self._next_board = ended + max(BOARD_SECONDS, (ended - began) / BOARD_SHARE)
        return bool(claims)

    def _check_leaks(self) -> bool:
        claims = leases.claim(kind=LEAKS, worker=self.name)
        for claimed in claims:
            self._do_or_lose(leaks.check_claimed, claimed)
        return bool(claims)

    def _do_or_lose(self, do: Callable[[leases.Claim], None], claimed: leases.Claim) -> None:
        try:
            do(claimed)
        except (*AWAY, files.StorageUnavailable):
            raise
        except Exception as error:
            files.demand_store(error)
            log.exception("the %s of %s broke", claimed.kind, claimed.subject)
            leases.lose(claimed)

    def _sweep_now_and_then(self) -> None:
        if time.monotonic() - self._last_sweep > SWEEP_SECONDS:
            self._last_sweep = time.monotonic()
            leases.sweep_and_tell(clock.now())


def fitting(count: int, *, seconds: float) -> int:
    """How many runs to claim next, after `count` took so many seconds."""
    fewest, most = BATCH
    return max(fewest, min(most, int(count * BATCH_SECONDS / max(seconds, 1e-3))))


def _compute(claimed: leases.Claim) -> None:
    """Compute the boards of a challenge, then what waits for them: the end of a rescore, leak checks that know the baselines."""
    boards.compute_claimed(claimed)
    rescores.settle_by_uid(claimed.subject)
    leaks.ask_if_stale_by_uid(claimed.subject)


def main(*, until_empty: bool = False) -> None:
    """Run a scorer in this process until SIGTERM; a run in progress is finished first."""
    scorer = Scorer()
    signal.signal(signal.SIGTERM, scorer.stop)
    signal.signal(signal.SIGINT, scorer.stop)
    scorer.run(until_empty=until_empty)
