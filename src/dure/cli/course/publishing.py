"""Handing a course folder to a server, and waiting for its checks."""

import tempfile
import time
from pathlib import Path
from typing import Any, Final

from dure.cli.server import Server, ServerError, say_error
from dure.cli.words import either
from dure.engines import courses

PAUSE_S: Final = 1.0


def publish(server: Server, folder: Path, course: courses.Course, *, organisation: str) -> int:
    """Hand it in, wait until the farm has checked its labs, and publish it; 0 when new learners get it."""
    with tempfile.TemporaryDirectory() as above:
        packed = Path(above, f"{course.id}.zip")
        digest = courses.pack_course(folder, packed)
        try:
            made = server.upload("/courses", packed, key=digest, organisation=organisation)
        except ServerError as error:
            return _refused(error)
    path = f"/courses/{made['course']}/versions/{made['number']}"
    print(either(f"Version {made['number']} is there.", f"올렸습니다: 버전 {made['number']}."))
    return _followed(server, path, made)


def _refused(error: ServerError) -> int:
    for fault in error.faults:
        place = f"{fault['place']}: " if fault.get("place") else ""
        say_error(f"{place}{fault['message']}")
    if not error.faults:
        raise error
    return 3


def _followed(server: Server, path: str, made: dict[str, Any]) -> int:
    while made["state"] == "checking":
        time.sleep(PAUSE_S)
        made = server.get(path)
    for finding in made["findings"]:
        say_error(f"{finding['place']}: {finding['message']}")
    if made["state"] == "failed":
        return 3
    if made["state"] == "ready":
        made = server.post(f"{path}/publish")
    print(either(f"Published: {server.address}{made['url']}", f"발행했습니다: {server.address}{made['url']}"))
    return 0
