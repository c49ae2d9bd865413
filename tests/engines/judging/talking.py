"""A judge and a submission as two bare processes: the protocol's own promises, without the sandbox around them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dure.engines.judging import JUDGE, WORKER, Limits, Pipes, Verdict, hold

QUICK = Limits(call_seconds=2, start_seconds=20, judge_seconds=20)


@contextmanager
def process(*words: str, **environment: str) -> Iterator[tuple[Pipes, "subprocess.Popen[bytes]"]]:
    """Start one side; its log goes nowhere, and it is ended afterwards."""
    started = subprocess.Popen(
        [sys.executable, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    try:
        yield Pipes(_number(started.stdin), _number(started.stdout)), started
    finally:
        started.kill()
        started.communicate()


def _number(stream: IO[bytes] | None) -> int:
    assert stream is not None
    return stream.fileno()


def talk(folder: Path, judge: str, submission: str, limits: Limits = QUICK) -> Verdict:
    """Let the judge's program ask the submission's source."""
    (folder / "test.py").write_text(judge, encoding="utf-8")
    (folder / "submission.py").write_text(submission, encoding="utf-8")
    with (
        process(str(folder / "test.py"), PYTHONPATH=str(JUDGE[0].parent)) as (asks, _judge),
        process(str(WORKER), str(folder / "submission.py")) as (answers, _worker),
    ):
        return hold(asks, answers, limits)
