"""The folder of a site: which server it belongs to, its key, and the lock that lets one process work in it at a time."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dure.cli.words import either

KEY_PREFIX: Final = "dures_"
LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}


class SiteError(RuntimeError):
    """Something that the owner can mend; the message says how."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which site of which server this is, and the key that proves it."""

    server: str
    uid: str
    name: str
    organisation: str
    key: str


def default_folder() -> Path:
    """`DURE_SITE`, else `dure-site` in the person's data home."""
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(os.environ.get("DURE_SITE") or Path(home) / "dure-site").expanduser()


def new_key() -> str:
    return KEY_PREFIX + secrets.token_urlsafe(32)


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def demand_safe(server: str, *, plain_http: bool) -> str:
    """The server's address as it is kept. Raises SiteError for one that would send the key in the clear."""
    parts = urlsplit(server.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.username:
        raise SiteError(
            either(
                "write the address as https://dure.example.org",
                "주소는 https://dure.example.org 처럼 쓰십시오",
            )
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK and not plain_http:
        raise SiteError(
            either(
                "over http the site's key can be read on the way; use https (--plain-http for a try on one machine)",
                "http에서는 도중에 사이트 키가 읽힐 수 있습니다. https를 쓰십시오 (한 컴퓨터에서 시험할 때만 --plain-http)",
            )
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


class Folder:
    """One site's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def journal(self) -> Path:
        return self.root / "journal.sqlite"

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def is_joined(self) -> bool:
        return (self.root / "site.json").exists()

    def pending_key(self) -> str:
        """The key that this machine joins with: made once, so that joining can be said again after a lost answer."""
        path = self.root / "key.pending"
        if not path.exists():
            write_private(path, new_key())
        return path.read_text().strip()

    def remember(self, identity: Identity) -> None:
        write_private(self.root / "site.json", json.dumps(asdict(identity), ensure_ascii=False, indent=1))
        (self.root / "key.pending").unlink(missing_ok=True)

    def identity(self) -> Identity:
        """Raises SiteError where no site has joined from here."""
        try:
            return Identity(**json.loads((self.root / "site.json").read_text()))
        except (OSError, ValueError, TypeError):
            raise SiteError(
                either(
                    f"no site has joined from {self.root}; see `dure site join`",
                    f"{self.root} 에서 참여한 사이트가 없습니다. `dure site join` 을 보십시오",
                )
            ) from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time does the site's work. Raises SiteError when another does."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise SiteError(
                    either("this site is running already", "이 사이트는 이미 실행 중입니다")
                ) from None
            yield
