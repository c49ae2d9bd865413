"""What `dure test`, `check` and `bench` share: they work on a source checkout, with its development tools."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dure.cli.installation import checkout
from dure.cli.processes import clean_environment
from dure.cli.words import either


class NoCheckoutError(RuntimeError):
    """The command needs the source checkout, and this is an installed wheel."""


def root() -> Path:
    """Return the checkout's root folder; raise NoCheckoutError in an installed wheel."""
    found = checkout()
    if found is None:
        raise NoCheckoutError(
            either(
                "this command works in a source checkout: clone the repository and use ./dure there",
                "이 명령은 소스 저장소에서만 됩니다: 저장소를 받아 그 안의 ./dure 를 쓰세요",
            )
        )
    return found


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """Yield an environment for tools: our source on the path, a folder of their own, nobody's real settings."""
    with tempfile.TemporaryDirectory(prefix="dure-tools-") as folder:
        extra = {
            "PYTHONPATH": str(root() / "src"),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
            "DJANGO_SETTINGS_MODULE": "dure.settings",
            "DURE_SECRET_KEY": "only-for-tools-and-never-for-people-0123456789",
            "DURE_DATA": folder,
        }
        yield clean_environment(extra)
