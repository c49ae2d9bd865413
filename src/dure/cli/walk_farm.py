"""The farm's part of the main job: a person runs a program on it, and gets its log and its files."""

import io
from typing import Any

import httpx

from dure.cli.walk_steps import api_headers, link_of, signed_in, wait_until
from dure.cli.walking import Context, StepError, expect
from dure.cli.words import either

PROGRAM = b"import pathlib\nprint('counted', sum(range(10)))\npathlib.Path('/out/sum.txt').write_text('45')\n"


def a_program_runs(_client: httpx.Client, context: Context) -> str:
    """A talent runs a program and reads what came of it; a rival does not know of it. Where the walls are too low, say so."""
    talent = signed_in(context, link_of("Talent"))
    if not can_run(talent):
        return left_out()
    asked = {"name": "walk", "command": ["python3", "count.py"], "memory_mib": 256, "wall_seconds": 60}
    files = {"files": ("count.py", io.BytesIO(PROGRAM))}
    sent = talent.post("/api/v1/farm/jobs", data=asked, files=files, headers=api_headers(talent))
    path = f"/api/v1/farm/jobs/{expect(sent, 201).json()['uid']}"
    wait_until(lambda: bool(expect(talent.get(f"{path}/log")).json()["is_over"]), "the program did not end")
    _demand(expect(talent.get(f"{path}/log")).json()["stdout"], "counted 45\n")
    listed = expect(talent.get(f"{path}/files")).json()["items"]
    _demand([one["name"] for one in listed], ["sum.txt"])
    expect(context.facts["owner"].get(path), 404)
    return ""


def can_run(person: httpx.Client) -> bool:
    """Whether a machine of the farm starts jobs; waits until there is one at all."""
    wait_until(lambda: bool(_machines(person)), "no machine of the farm came up")
    return any(machine["starts_jobs"] for machine in _machines(person))


def left_out() -> str:
    """What stands beside a step that needs the sandbox where there is none."""
    return either(
        "left out: this machine has no sandbox (dure doctor)",
        "제외: 이 컴퓨터에 샌드박스가 없습니다 (dure doctor)",
    )


def _machines(person: httpx.Client) -> list[Any]:
    return list(expect(person.get("/api/v1/farm")).json()["machines"])


def _demand(seen: Any, wanted: Any) -> None:
    if seen != wanted:
        raise StepError(either(f"{seen!r}, not {wanted!r}", f"기대한 것 {wanted!r}, 본 것 {seen!r}"))
