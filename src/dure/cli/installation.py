"""Where an installation lives: its folder, its lock, its secret key, its address of the database."""

import fcntl
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dure.cli import postgres
from dure.cli.postgres import Cluster
from dure.cli.words import either

PACKAGE = Path(__file__).resolve().parents[1]
# A killed supervisor's guard keeps the lock while it ends the children; that takes at most five seconds.
GUARD_NEEDS_S = 8.0


class InUseError(RuntimeError):
    """Another live process works on this data folder."""


def checkout() -> Path | None:
    """Return the folder of the source checkout we run from; None for an installed wheel."""
    root = PACKAGE.parents[1]
    return root if (root / "pyproject.toml").exists() and (root / "dure").exists() else None


def default_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Return DURE_DATA, else `.dure` in the checkout, else a folder in the person's data home."""
    if env.get("DURE_DATA"):
        return Path(env["DURE_DATA"]).expanduser()
    root = checkout()
    if root is not None:
        return root / ".dure"
    home = env.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(home).expanduser() / "dure"


@dataclass(frozen=True)
class Installation:
    """A data folder and what stands in it."""

    folder: Path

    @classmethod
    def at(cls, folder: Path | str | None = None) -> "Installation":
        """Return the installation in `folder`, or in the default place."""
        return cls(Path(folder or default_folder()).expanduser().resolve())

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.folder)

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    @property
    def blobs(self) -> Path:
        return self.folder / "blobs"

    @property
    def secret_file(self) -> Path:
        return self.folder / "secret_key"

    @property
    def external_database(self) -> str:
        """Return the DATABASE_URL a person set; empty for the embedded database."""
        url = os.environ.get("DATABASE_URL", "")
        return "" if url == self.cluster.url() else url

    def make_folders(self) -> None:
        """Make the data folder, closed to others, and what belongs in it; no parent's mode is touched."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in (self.logs, self.blobs):
            part.mkdir(mode=0o700, exist_ok=True)

    def secret_key(self) -> str:
        """Return DURE_SECRET_KEY, or the key kept in the data folder, made on first use."""
        given = os.environ.get("DURE_SECRET_KEY", "")
        if given:
            return given
        if not self.secret_file.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(50))
        return self.secret_file.read_text().strip()

    def environment(self) -> dict[str, str]:
        """Return what Django's settings read, for children and for commands."""
        return {
            "DURE_DATA": str(self.folder),
            "DURE_SECRET_KEY": self.secret_key(),
            "DATABASE_URL": self.external_database or self.cluster.url(),
            "DJANGO_SETTINGS_MODULE": "dure.settings",
        }

    @contextmanager
    def lock(self) -> Iterator[int]:
        """Hold the folder against a second process and yield the lock's descriptor.

        Raises:
            InUseError: a live process holds it.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take(descriptor)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            yield descriptor
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int) -> None:
        deadline = time.monotonic() + GUARD_NEEDS_S
        while not _locked(descriptor):
            holder = self.holder()
            if holder is not None or time.monotonic() > deadline:
                raise InUseError(
                    either(
                        f"the data folder {self.folder} is in use by process {holder}: stop it, or choose "
                        f"another with --data",
                        f"데이터 폴더가 쓰이고 있습니다: {self.folder} (프로세스 {holder}). 그 프로세스를 "
                        f"멈추거나 --data 로 다른 폴더를 고르세요",
                    )
                )
            time.sleep(0.05)

    def holder(self) -> int | None:
        """Return the live process that says it holds the folder; None if there is none."""
        try:
            process = int((self.folder / "lock").read_text() or 0)
        except (OSError, ValueError):
            return None
        return process if process and is_alive(process) else None

    def is_served(self) -> bool:
        """Say whether a live process holds the folder right now."""
        try:
            descriptor = os.open(self.folder / "lock", os.O_RDWR)
        except OSError:
            return False
        try:
            return not _locked(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def database(self) -> Iterator[str]:
        """Yield a DATABASE_URL that answers: the given server, the running one, or one started for us.

        Raises:
            InUseError: another process took the folder between the look and the start.
            DatabaseError: the embedded database cannot start.
        """
        if self.external_database or self.is_served():
            yield self.external_database or self.cluster.url()
            return
        with self.lock():
            self.make_folders()
            self.cluster.prepare()
            with (self.logs / "postgres.log").open("ab") as output:
                process = self.cluster.start(output=output, death_signal=signal.SIGINT)
            try:
                self.cluster.wait_ready(process)
                yield self.cluster.url()
            finally:
                _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        postgres.stop(process)


def is_alive(process: int) -> bool:
    """Say whether a process runs; one that ended and was not yet collected by its parent does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
