"""The one who stands between judge and submission: carries lines, keeps the time, counts, and believes neither."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from dure.engines.judging import hostile
from dure.engines.judging.lines import BrokenError, Ending, LineReader, LineWriter


@dataclass(frozen=True, slots=True)
class Pipes:
    """One side's descriptors: `to` is its standard input, `out` its standard output. They stay the caller's to close."""

    to: int
    out: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What one conversation may cost.

    `call_seconds` for each answer of the submission, and `start_seconds` for its first, which waits for imports; `judge_seconds`
    between two lines of the judge; `line_bytes` for a line of either; `calls` in all.
    """

    call_seconds: float = 10
    start_seconds: float = 60
    judge_seconds: float = 60
    line_bytes: int = 1024**2
    calls: int = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it.

    `report` is what the judge said at the end, or None with `judge_fault`: then the test is at fault and the submission
    is not. `submission_ended` says why the submission stopped answering, if it did: its remaining tests are lost.
    """

    report: Mapping[str, Any] | None
    judge_fault: Ending | None
    submission_ended: Ending | None
    calls: int


def hold(judge: Pipes, submission: Pipes, limits: Limits) -> Verdict:
    """Carry the conversation to its end: the judge's report, or its fault."""
    return _Conversation(judge, submission, limits).held()


class _Conversation:
    def __init__(self, judge: Pipes, submission: Pipes, limits: Limits) -> None:
        self._limits = limits
        self._from_judge = LineReader(judge.out, limit=limits.line_bytes)
        self._to_judge = LineWriter(judge.to)
        self._from_submission = LineReader(submission.out, limit=limits.line_bytes)
        self._to_submission = LineWriter(submission.to)
        self._calls = 0
        self._ended: Ending | None = None

    def held(self) -> Verdict:
        try:
            report = self._until_report()
        except BrokenError as broken:
            return Verdict(None, broken.why, self._ended, self._calls)
        except hostile.MalformedError:
            return Verdict(None, "malformed", self._ended, self._calls)
        return Verdict(report, None, self._ended, self._calls)

    def _until_report(self) -> Mapping[str, Any]:
        while True:
            line = self._from_judge.line(monotonic() + self._limits.judge_seconds)
            said = hostile.message(line)
            if isinstance(report := said.get("report"), dict):
                return report
            if not isinstance(said.get("id"), str) or not isinstance(said.get("fn"), str):
                raise hostile.MalformedError("neither a call nor a report")
            answer = self._answer(line, said["id"])
            self._to_judge.line(answer, monotonic() + self._limits.judge_seconds)

    def _answer(self, call: bytes, identity: str) -> bytes:
        """What the judge hears: the submission's own line, the type of its exception, or that it stopped, and why."""
        if self._ended is None:
            try:
                return self._asked(call, identity)
            except BrokenError as broken:
                self._ended = broken.why
            except hostile.MalformedError:
                self._ended = "malformed"
        return _line({"id": identity, "stopped": self._ended})

    def _asked(self, call: bytes, identity: str) -> bytes:
        if self._calls >= self._limits.calls:
            raise BrokenError("calls")
        self._calls += 1
        seconds = self._limits.start_seconds if self._calls == 1 else self._limits.call_seconds
        deadline = monotonic() + seconds
        self._to_submission.line(call, deadline)
        line = self._from_submission.line(deadline)
        said = hostile.message(line)
        if said.get("id") != identity:
            raise BrokenError("forged")
        if isinstance(said.get("ok"), dict):
            return line
        if "err" not in said:
            raise hostile.MalformedError("neither an answer nor an error")
        return _line({"id": identity, "err": hostile.error_type(said["err"])})


def _line(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said).encode()
