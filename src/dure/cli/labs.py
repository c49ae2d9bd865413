"""`dure labs`: the packages of labs and of their hub; and what `dure up --labs` does besides: their keys, their processes."""

import argparse
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dure.cli import environment
from dure.cli.children import Address, Child
from dure.cli.installation import PACKAGE, Installation
from dure.cli.words import either
from dure.engines.environment import hub, labs

DEFAULT_PORT = 8001


add_arguments = environment.add_arguments
"""The same choice as of every set of packages: to look, or to install."""


def run(args: argparse.Namespace) -> int:
    if args.install and not install():
        return 1
    for found in (hub(), labs()):
        state = (
            either("installed", "설치됨")
            if found.is_here
            else either("not installed: --install", "설치되지 않음: --install")
        )
        print(f"{found.name:<5} Python {found.python} · {state} · sha256:{found.digest[:16]}")
    print(either("`dure up --labs` starts them.", "`dure up --labs`로 시작합니다."))
    return 0


def install() -> bool:
    """Install both environments; say what went wrong and return False."""
    return all(environment.install(wanted) for wanted in (hub(), labs()))


def are_here() -> bool:
    return hub().is_here and labs().is_here


@dataclass(frozen=True)
class Labs:
    """The labs of one served installation: their folder, where their proxy listens, how people reach it."""

    folder: Path
    bind: str
    url: str

    @classmethod
    def of(cls, installation: Installation, address: Address, port: int) -> "Labs":
        """Where people are sent is another host name than Dure's own: browsers share cookies between the ports of one.

        DURE_LABS_URL names the address of a public installation.
        """
        host = f"[{address.host}]" if ":" in address.host else address.host
        url = os.environ.get("DURE_LABS_URL") or f"http://{_other_name(address.host)}:{port}"
        return cls(installation.folder / "labs", f"http://{host}:{port}/", url.rstrip("/"))

    @property
    def port(self) -> int:
        return urlsplit(self.bind).port or DEFAULT_PORT

    def faults(self, dure: str) -> list[str]:
        """What is wrong with where people would be sent, beside a Dure at this address."""
        from dure.settings.faults import beside_dure

        return [f"DURE_LABS_URL: {either(*words)}" for words in beside_dure(self.url, dure)]

    def prepare(self) -> None:
        """Make the folder, closed to others, and the keys in it, once."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        _keep(self.folder / "keys.json", lambda: json.dumps({"client": _key(), "door": _key()}))
        _keep(self.folder / "sign_in.pem", _private_key)

    def announce(self) -> None:
        """Have every process of Dure's that is started from now on know where labs are."""
        os.environ["DURE_LABS_URL"] = self.url

    def child(self, dure: str) -> Child:
        """The hub, for a Dure at this address. It is given nothing of Dure's own environment: no key, no database."""
        python = str(hub().folder / "bin" / "python")
        config = str(PACKAGE / "farm" / "labs" / "hub" / "config.py")
        words = [python, "-m", "jupyterhub", "-f", config]
        return Child("labs", lambda _: words, patience_s=8.0, env=self._environment(dure), is_alone=True)

    def _environment(self, dure: str) -> dict[str, str]:
        kept = ("PATH", "LANG", "SSL_CERT_FILE")
        return {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "PYTHONPATH": str(PACKAGE.parent),
            "PYTHONUNBUFFERED": "1",
            "HOME": str(self.folder),
            "DURE_LABS_FOLDER": str(self.folder),
            "DURE_LABS_BIND": self.bind,
            "DURE_LABS_URL": self.url,
            "DURE_LABS_HOME_URL": dure,
        }


def _other_name(host: str) -> str:
    return "localhost" if host in {"127.0.0.1", "::1", "0.0.0.0", "::", ""} else host  # noqa: S104 - not bound


def _key() -> str:
    return secrets.token_urlsafe(48)


def _keep(file: Path, make: Callable[[], str]) -> None:
    """Make it once, whole and for us alone: half a file left by a power cut would never be mended."""
    if file.exists():
        return
    half = file.with_name(f".{file.name}.{os.getpid()}")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(make())
        opened.flush()
        os.fsync(descriptor)
    half.rename(file)


def _private_key() -> str:
    """An RSA key for the sign-in of labs: what OpenID Connect asks for."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
