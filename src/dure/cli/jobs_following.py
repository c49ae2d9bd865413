"""Following a job from the terminal: its state in words, its log as it comes, and how it ended as an exit status."""

import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

from dure.cli.jobs_words import OPEN, progress, write_log
from dure.cli.server import Server, again_and_again, plain
from dure.cli.words import either

FIRST_PAUSE_S, LAST_PAUSE_S = 0.5, 3.0
PATIENCE_S = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 60.0, 60.0)
"""Whoever follows for hours bears a server that is away for some minutes: the job goes on without us."""
NO_STATUS = 125
"""The job did not end by itself with a status: taken back, our fault, or a file that could not come out."""
OVERLAP = 200


def follow(server: Server, uid: str) -> Any:
    """Say each change once and pass the log on as it comes; return the job when it is over."""
    said, out, err, pause = "", "", "", FIRST_PAUSE_S
    while True:
        job = _asked(lambda: server.get(f"/farm/jobs/{uid}"))
        if job["message"] != said and job["state"] in OPEN:
            said = job["message"]
            _say(said)
        if job["runs"]:
            log = _asked(lambda: server.get(f"/farm/jobs/{uid}/log"))
            is_more = (log["stdout"], log["stderr"]) != (out, err)
            out, err = _passed_on(out, log["stdout"], sys.stdout), _passed_on(err, log["stderr"], sys.stderr)
            pause = FIRST_PAUSE_S if is_more else pause
        if job["state"] not in OPEN:
            _say(job["message"])
            return job
        time.sleep(pause)
        pause = min(LAST_PAUSE_S, pause * 1.3)


def follow_array(server: Server, uid: str) -> Any:
    """The same for an array: how many of its jobs are over."""
    said, pause = "", FIRST_PAUSE_S
    while True:
        job = _asked(lambda: server.get(f"/farm/arrays/{uid}"))
        now = progress(job["array"])
        if now != said:
            said = now
            _say(now)
        if not any(job["array"]["progress"].get(state) for state in OPEN):
            return job
        time.sleep(pause)
        pause = min(LAST_PAUSE_S, pause * 1.3)


def _asked(ask: Callable[[], Any]) -> Any:
    return again_and_again(ask, pauses=PATIENCE_S)


def _say(words: str) -> None:
    print(f"· {plain(words)}", file=sys.stderr, flush=True)


def _passed_on(before: str, now: str, to: TextIO) -> str:
    """Write what is new of a log."""
    write_log(new_part(before, now), to)
    return now


def new_part(before: str, now: str) -> str:
    """Return what came since. Of a long log the server keeps beginning and end: then what follows the last part we had."""
    if now.startswith(before):
        return now[len(before) :]
    known = before[-OVERLAP:]
    at = now.rfind(known)
    return now[at + len(known) :] if at >= 0 else f"\n[…]\n{now[len(now) // 2 :]}"


def status_of(job: Any) -> int:
    """Return the program's own exit status; 128 and its number for a signal; NO_STATUS where there is none."""
    run = job["runs"][-1] if job["runs"] else {}
    if job["state"] == "done":
        return 0
    if job["state"] == "failed_user" and run.get("signal"):
        return 128 + int(run["signal"])
    if job["state"] == "failed_user" and run.get("exit_code"):
        return int(run["exit_code"])
    return NO_STATUS


def status_of_array(job: Any) -> int:
    """Return 0 where all of its jobs are done, else 1."""
    return 0 if job["array"]["progress"] == {"done": job["array"]["size"]} else 1


def ask_whether_to_cancel() -> bool:
    """After Ctrl-C: whether the job is to be taken back. Where nobody can be asked, it goes on."""
    if not sys.stdin.isatty():
        return False
    try:
        said = input(either("\nTake the job back? [y/N] ", "\n작업을 취소할까요? [y/N] "))
    except (EOFError, KeyboardInterrupt):
        return False
    return said.strip().lower() in {"y", "yes", "예", "네", "ㅇ"}
