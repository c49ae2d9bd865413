"""How a job is said on a terminal."""

import re
from typing import Any, TextIO

from dure.cli.server import plain
from dure.cli.words import either, padded

STATES = {
    "queued": ("waiting", "대기 중"),
    "running": ("running", "실행 중"),
    "done": ("done", "완료"),
    "failed_user": ("failed", "실패"),
    "failed_platform": ("our fault", "플랫폼 오류"),
    "cancelled": ("taken back", "취소됨"),
}
OPEN = ("queued", "running")


def state(name: str) -> str:
    return either(*STATES.get(name, (name, name)))


def line(job: Any) -> str:
    """One job or array in a list: its uid, state, when it was handed in, and its name."""
    uid = job["array"]["uid"] if job["array"] else job["uid"]
    name = plain(job["name"] or "–")
    many = f"  ({progress(job['array'])})" if job["array"] else ""
    return f"{uid}  {padded(_state_of(job), 12)} {job['created_at'][:16].replace('T', ' ')}  {name}{many}"


def _state_of(job: Any) -> str:
    counts = (job["array"] or {}).get("progress") or {job["state"]: 1}
    return state(next((name for name in ("running", "queued", *STATES) if counts.get(name)), job["state"]))


def progress(array: Any) -> str:
    """How far an array is: how many of its jobs are over, and how they ended."""
    counts = array["progress"]
    over = sum(count for name, count in counts.items() if name not in OPEN)
    ends = ", ".join(f"{state(name)} {count}" for name, count in counts.items() if name not in OPEN)
    told = either(f"{over} of {array['size']} over", f"{array['size']}건 중 {over}건 끝남")
    return f"{told}: {ends}" if ends else told


STEERING = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
"""Sequences that colour, move the cursor or set a title, and every other control sign but tab, newline and carriage return."""


def write_log(text: str, to: TextIO) -> None:
    """Write what a program said. On a terminal without what steers it: a log of somebody else's may not repaint the screen.

    Into a file or a pipe it goes as it is.
    """
    to.write(STEERING.sub("", text) if to.isatty() else text)
    to.flush()
