"""The folder that the runner and the cluster's nodes share: one private folder for each try, gone with it."""

import json
import os
import secrets
import shutil
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import dure
from dure.engines.jobs import Carried
from dure.farm import inputs
from dure.farm.models import Job
from dure.farm.slurm import node, outcomes
from dure.farm.slurm.naming import Ref

LOG: Final = "slurm.log"
LOG_BYTES: Final = 4096
LAUNCHER: Final = '#!/bin/sh\nexec "$@"\n'
"""All that is a script of what Slurm runs: the words come behind it, and no shell reads them."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The shared folder. `key` names this installation among others on the cluster; it lies in the folder."""

    folder: Path
    key: str

    @classmethod
    def at(cls, folder: Path) -> "Shared":
        """The folder as it is, or made ready for the first time. Raises OSError where it cannot be written."""
        (folder / "runs").mkdir(mode=0o700, parents=True, exist_ok=True)
        launcher = folder / "launch"
        outcomes.write(launcher, LAUNCHER)
        launcher.chmod(0o755)
        return cls(folder, _key(folder / "key"))

    def demand(self) -> None:
        """Raises OSError where the folder is away: nothing that is missing in it says anything then."""
        (self.folder / "key").stat()

    def of(self, ref: Ref) -> Path:
        return self.folder / "runs" / str(ref)

    def command(self, ref: Ref) -> list[str]:
        """What a node runs for a try; it needs our code and Python at the same place as here."""
        code = Path(dure.__file__).parents[1]
        words = ["/usr/bin/env", f"PYTHONPATH={code}", "LANG=C.UTF-8", sys.executable, "-m", node.__name__]
        return [str(self.folder / "launch"), *words, str(self.of(ref))]

    def lay(self, ref: Ref, job: Job) -> None:
        """Lay a try ready: what is to run, and copies of what it reads. Raises inputs.LostError, StorageUnavailable, OSError."""
        own = self.of(ref)
        own.mkdir(mode=0o700, exist_ok=True)
        for given, place in node.placed(job.wants, own):
            inputs.copied_to(place, given.sha256)
        outcomes.write(own / node.SPEC, json.dumps({"spec": job.spec, "sealed": job.sealed}))

    def has_outcome(self, ref: Ref) -> bool:
        """Whether a node wrote what came of it. The folder is listed: a file once missed may be remembered as missing."""
        try:
            return node.OUTCOME in self._names(ref)
        except OSError:
            return False

    def was_begun(self, ref: Ref) -> bool:
        """Whether a node began to carry it out. Raises OSError where that cannot be told now."""
        return node.BEGUN in self._names(ref)

    def _names(self, ref: Ref) -> Collection[str]:
        try:
            return os.listdir(self.of(ref))  # noqa: PTH208 - names are all that is wanted, for many folders
        except FileNotFoundError:
            return ()

    def outcome(self, ref: Ref) -> Carried:
        """What came of a try. Raises OSError, ValueError, KeyError, TypeError for what no node wrote whole."""
        return outcomes.of_json((self.of(ref) / node.OUTCOME).read_text(encoding="utf-8"))

    def said(self, ref: Ref, *, since: int) -> tuple[int, bytes, bytes] | None:
        """What a program has said so far, with a number that grows; None where nothing came after `since`."""
        path = self.of(ref) / node.SAID
        try:
            at = path.stat().st_mtime_ns
            return (at, *outcomes.said_of_json(path.read_text(encoding="ascii"))) if at > since else None
        except (OSError, ValueError):
            return None

    def file(self, ref: Ref, name: str) -> Path:
        """A file that came out."""
        return self.of(ref) / node.FILES / name

    def log(self, ref: Ref) -> Path:
        """Where Slurm and our own node program write; nothing of the stranger's program stands there."""
        return self.of(ref) / LOG

    def last_words(self, ref: Ref) -> str:
        """The end of that log, for the operator."""
        try:
            return self.log(ref).read_bytes()[-LOG_BYTES:].decode("utf-8", "replace").strip()
        except OSError:
            return ""

    def remove(self, ref: Ref) -> None:
        shutil.rmtree(self.of(ref), ignore_errors=True)

    def left_over(self, wanted: Collection[Ref]) -> Iterator[Ref]:
        """Folders of tries that nobody waits for."""
        for path in (self.folder / "runs").iterdir():
            ref = Ref.of(f"dure.{self.key}.{path.name}", self.key)
            if ref is not None and ref not in wanted:
                yield ref


def _key(path: Path) -> str:
    """Eight digits by chance, made once."""
    try:
        with path.open("x", encoding="ascii") as made:
            made.write(secrets.token_hex(4))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
