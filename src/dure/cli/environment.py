"""`dure environment`: the packages that submitted programs find. `dure up` installs them behind the first pages."""

import argparse
import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dure.cli.words import either
from dure.engines.environment import Environment, standard

CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--install",
        action="store_true",
        help=either("install what is missing on this machine", "이 컴퓨터에 없으면 설치합니다"),
    )


def run(args: argparse.Namespace) -> int:
    found = standard()
    if args.install and not install(found):
        return 1
    if args.install:
        print(either("the packages of submitted programs are ready", "제출된 프로그램의 패키지 준비 완료"))
        return 0
    state = (
        either("installed", "설치됨")
        if found.is_here
        else either("not installed: --install", "설치되지 않음: --install")
    )
    print(f"{found.name} · Python {found.python} · {state}\nsha256:{found.digest}\n{found.folder}")
    for name, version in found.packages:
        print(f"  {name} {version}")
    return 0


def install(wanted: Environment) -> bool:
    """Install the environment unless it is here; two at once wait for each other. Say what went wrong and return False."""
    if wanted.is_here:
        return True
    try:
        with _alone(wanted.folder):
            if not wanted.is_here:
                _install(wanted)
                wanted.stamp.touch()
    except (OSError, subprocess.CalledProcessError) as error:
        said = either(
            f"the packages for submitted programs could not be installed ({error}); `dure environment --install` tries again",
            f"제출된 프로그램의 패키지를 설치하지 못했습니다 ({error}). `dure environment --install`로 다시 시도하십시오",
        )
        print(f"dure: {said}", file=sys.stderr)
        return False
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(wanted: Environment) -> None:
    """A virtual environment of its own, anew: what a killed installation left is not trusted."""
    folder = wanted.folder
    shutil.rmtree(folder, ignore_errors=True)
    env = os.environ | _mirror() | {"UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy")}
    env.pop("VIRTUAL_ENV", None)
    _uv(["venv", "--quiet", "--relocatable", "--python", sys.executable, str(folder)], env)
    words = ["pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), "--require-hashes"]
    _uv([*words, "--only-binary", ":all:", "--compile-bytecode", "-r", str(wanted.pins)], env)


def _uv(words: list[str], env: dict[str, str]) -> None:
    beside = Path(sys.prefix, "bin", "uv")
    program = [str(beside)] if beside.exists() else _uv_as_module()
    subprocess.run([*program, *words], env=env, check=True)


def _uv_as_module() -> list[str]:
    if importlib.util.find_spec("uv") is not None:
        return [sys.executable, "-m", "uv"]
    return ["uv"]


def _mirror() -> dict[str, str]:
    """Uv reads its own settings; whoever told pip of a mirror or a proxy's certificate means uv too."""
    more = {}
    if os.environ.get("PIP_INDEX_URL") and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ):
        more["UV_DEFAULT_INDEX"] = os.environ["PIP_INDEX_URL"]
    bundles = [os.environ.get("PIP_CERT", ""), *CERTIFICATES]
    known = next((path for path in bundles if path and Path(path).is_file()), "")
    if known and not os.environ.get("SSL_CERT_FILE"):
        more["SSL_CERT_FILE"] = known
    return more
