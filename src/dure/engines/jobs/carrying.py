"""A job's programs started, stopped and waited for, the same on every engine: one program, or one with a judge who asks it."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from dure.engines import judging, sandbox
from dure.engines.faults import Fault
from dure.engines.jobs.laying import judges_profile
from dure.engines.jobs.spec import JobSpec, Judge
from dure.engines.judging import Ending, Graded
from dure.engines.sandbox import LaunchError, Mount, Outcome, Profile

JUDGE_ENDED: Final = Fault("judge_ended")
JUDGE_FAULTS: Final[Mapping[Ending, Fault]] = {
    "ended": JUDGE_ENDED,
    "time": Fault("judge_too_slow"),
    "long": Fault("judge_said_too_much"),
    "malformed": Fault("judge_unreadable"),
}
JUDGE_FILES: Final = Fault("judge_files_broken")
JUDGE_CODES: Final = frozenset(fault.code for fault in (*JUDGE_FAULTS.values(), JUDGE_FILES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What came of a job that was carried out.

    `outcome` is how its program ended; None where nothing of it ran, and `faults` say why. `report` is the word of its judge, and
    `judge_log` what the judge wrote besides, for its author alone. `judge_fault` says why a judge gave no report: through no
    fault of the program.
    """

    outcome: Outcome | None
    faults: tuple[Fault, ...] = ()
    report: Mapping[str, Any] | None = None
    judge_fault: Fault | None = None
    judge_log: bytes = b""

    @property
    def is_good(self) -> bool:
        """Whether the job has what it was asked for: a report where there is a judge, else a program that ended well."""
        return self.report is not None or (self.outcome is not None and self.outcome.ok)


class Work(Protocol):
    """A job in progress."""

    def stop(self) -> None:
        """End it now."""

    def said(self) -> tuple[bytes, bytes]:
        """What its program has said so far; never what its judge has."""

    def wait(self, timeout: float | None = None) -> Carried:
        """What came of it. Raises LaunchError if a sandbox failed, TimeoutError after `timeout` seconds."""


def begin(spec: JobSpec, profile: Profile, *, into: Path, judges: tuple[Mount, ...] = ()) -> Work:
    """Start a job, its judge with the mounts `judges`, and return at once. Raises UnprotectedError."""
    if spec.judge is None:
        return _Alone(sandbox.begin(profile, list(spec.command), into=into))
    judge = judging.Side(judges_profile(spec.judge, judges), spec.judge.command)
    submission = judging.Side(profile, spec.command, into)
    return _Judged(judging.begin(judge, submission, limits=_limits(spec.judge)))


def _limits(judge: Judge) -> judging.Limits:
    return judging.Limits(
        call_seconds=judge.call_seconds, start_seconds=judge.start_seconds, judge_seconds=judge.start_seconds
    )


class _Alone:
    def __init__(self, batch: sandbox.Batch) -> None:
        self._batch = batch
        self.stop, self.said = batch.stop, batch.said

    def wait(self, timeout: float | None = None) -> Carried:
        outcome = self._batch.wait(timeout)
        return Carried(outcome=outcome, faults=outcome.faults)


class _Judged:
    def __init__(self, grading: judging.Grading) -> None:
        self._grading = grading
        self.stop, self.said = grading.stop, grading.said

    def wait(self, timeout: float | None = None) -> Carried:
        return _carried(self._grading.wait(timeout))


def _carried(graded: Graded) -> Carried:
    """Raises LaunchError where somebody else killed the judge: that is neither its author's fault nor the program's."""
    verdict, judge = graded.verdict, graded.judge
    if verdict.judge_fault and judge.signal == signal.SIGKILL and judge.limit is None:
        raise LaunchError("the judge was killed")
    return Carried(
        outcome=graded.submission,
        faults=graded.submission.faults,
        report=verdict.report,
        judge_fault=JUDGE_FAULTS.get(verdict.judge_fault, JUDGE_ENDED) if verdict.judge_fault else None,
        judge_log=judge.stderr,
    )
