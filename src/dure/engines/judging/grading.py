"""Grading one submission: two sandboxes, started side by side, and the conversation between them."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dure.engines import sandbox
from dure.engines.judging.conversation import Limits, Pipes, Verdict, hold
from dure.engines.judging.keeping import as_kept
from dure.engines.sandbox import Outcome, Profile, Running

GRACE_SECONDS: Final = 1.0
"""So long a side that closed its pipe has to end by itself, so that its own end is told and not ours."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its sandbox and what runs in it; `into` is a new folder for copies of what `profile.output` names."""

    profile: Profile
    command: Sequence[str]
    into: Path | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """What came of it.

    `verdict` has the judge's report, or why there is none. `submission` is how the submission's side ended, with its bounded log
    as `stderr`: one that answered to the end has ended well, whatever ended it then. `judge` is the same of the judge's
    side; its log is for the author alone.
    """

    verdict: Verdict
    submission: Outcome
    judge: Outcome


def grade(judge: Side, submission: Side, *, limits: Limits) -> Graded:
    """Grade a submission and wait for it. Raises UnprotectedError, and LaunchError where a sandbox failed."""
    return begin(judge, submission, limits=limits).wait()


def begin(judge: Side, submission: Side, *, limits: Limits) -> "Grading":
    """Start both sides and return at once. Raises UnprotectedError."""
    answers = _started(submission)  # first, since its imports are what the other one waits for
    try:
        asks = _started(judge)
    except BaseException:
        with answers:
            raise
    grading = Grading(asks, answers, limits)
    grading.start()
    return grading


def _started(side: Side) -> Running:
    return sandbox.start(side.profile, list(side.command), into=side.into)


class Grading(threading.Thread):
    """A grading that goes on: it can be stopped, listened to and waited for."""

    def __init__(self, judge: Running, submission: Running, limits: Limits) -> None:
        super().__init__(name="grading", daemon=True)
        self._judge, self._submission, self._limits = judge, submission, limits
        self._is_stopped = False
        self._came: Graded | Exception = sandbox.LaunchError("the grading ended early")

    def run(self) -> None:
        """Hold the conversation, end both sides, and keep what came of it for whoever waits."""
        try:
            self._came = self._held()
        except Exception as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
            self._came = error
        finally:
            _end(self._judge, self._submission)

    def stop(self) -> None:
        """End it now: there is no report then, and the submission's outcome says `stopped`."""
        self._is_stopped = True
        self._judge.stop()
        self._submission.stop()

    def said(self) -> tuple[bytes, bytes]:
        """What the submission has said so far, as (nothing, log): its standard output is the conversation."""
        return b"", self._submission.said()

    def wait(self, timeout: float | None = None) -> Graded:
        """What came of it. Raises LaunchError where a sandbox failed, TimeoutError after `timeout` seconds."""
        self.join(timeout)
        if self.is_alive():
            raise TimeoutError
        if isinstance(self._came, Exception):
            raise self._came
        return self._came

    def _held(self) -> Graded:
        verdict = hold(_pipes(self._judge), _pipes(self._submission), self._limits)
        verdict = as_kept(verdict)
        if verdict.submission_ended == "ended":
            _let_end(self._submission)
        if verdict.judge_fault == "ended":
            _let_end(self._judge)
        self._submission.stop()
        self._judge.stop()
        submission, judge = self._submission.wait(), self._judge.wait()
        if not self._is_stopped and verdict.submission_ended is None:
            submission = _well(submission)
        return Graded(verdict, submission, judge)


def _pipes(side: Running) -> Pipes:
    return Pipes(side.stdin.fileno(), side.stdout.fileno())


def _let_end(side: Running) -> None:
    with suppress(TimeoutError):
        side.wait(GRACE_SECONDS)


def _well(outcome: Outcome) -> Outcome:
    """The outcome of one that went on answering until we ended it: that was no fault of its own."""
    return replace(outcome, exit_code=0, signal=None, limit=None) if outcome.limit == "stopped" else outcome


def _end(*sides: Running) -> None:
    """Leave nothing behind; what is over does not wait for its cleaning up."""
    for side in sides:
        side.stop()
        side.stdin.close()
        side.stdout.close()
