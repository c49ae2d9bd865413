"""`dure test`: every test this machine allows, and in words what it does not."""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dure.cli import npm
from dure.cli.processes import clean_environment
from dure.cli.tools import NoCheckoutError, root
from dure.cli.words import either

SYSTEM_PACKAGES = (
    *("chromium", "fonts-noto-cjk", "gettext", "bubblewrap"),
    *("slurm-wlm", "slurmdbd", "slurm-client", "munge", "mariadb-server", "iproute2"),
)
# The tests start a Slurm of their own; installing one must not start the system's.
NO_DAEMONS = Path("/usr/sbin/policy-rc.d")
# Test processes side by side; more gain little, because each brings its own database load.
PROCESSES = 2


@dataclass(frozen=True)
class Suite:
    """A group of tests that needs something of the machine. `marker` is pytest's; `enable` says what to do."""

    name: str
    marker: str
    is_possible: Callable[[], bool]
    en: str
    ko: str

    @property
    def enable(self) -> str:
        return either(self.en, self.ko)


def axe() -> Path:
    """Return where the accessibility checker lies that the browser tests inject."""
    return npm.AXE.place


def jose() -> Path:
    """Return where the package of npm lies that verifies credentials in tests."""
    return npm.JOSE.place


def _browser() -> bool:
    return shutil.which("chromium") is not None and axe().exists()


def _verifiers() -> bool:
    return (
        shutil.which("node") is not None
        and jose().exists()
        and importlib.util.find_spec("openbadgeslib") is not None
    )


def _mirror() -> bool:
    folder = os.environ.get("DURE_DATA_MIRROR", "")
    return bool(folder) and Path(folder).is_dir()


def _sandbox() -> bool:
    from dure.engines.sandbox import LEAST_LEVEL, protection

    return protection().level >= LEAST_LEVEL


def _slurm() -> bool:
    searched = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return all(
        shutil.which(name, path=searched)
        for name in ("munged", "mariadbd", "slurmdbd", "slurmctld", "sbatch")
    )


def _packages() -> bool:
    from dure.engines.environment import standard

    return standard().is_here


def _labs() -> bool:
    from dure.cli.labs import are_here

    return are_here() and _sandbox()


def _namespaces() -> bool:
    return os.geteuid() == 0 and shutil.which("ip") is not None


def _object_store() -> bool:
    return all(importlib.util.find_spec(name) for name in ("moto", "storages"))


SUITES = (
    Suite(
        "browser",
        "browser",
        _browser,
        "Debian's chromium, fonts-noto-cjk and npm's axe-core: ./dure test --install",
        "chromium, fonts-noto-cjk, npm의 axe-core: ./dure test --install",
    ),
    Suite(
        "real data",
        "mirror",
        _mirror,
        "DURE_DATA_MIRROR=FOLDER with the data that `dure data get` would fetch",
        "DURE_DATA_MIRROR=폴더 (`dure data get` 이 받을 자료가 든 폴더)",
    ),
    Suite(
        "sandbox",
        "sandbox",
        _sandbox,
        "Debian's bubblewrap (./dure test --install); `./dure doctor` says what else is missing",
        "Debian의 bubblewrap (./dure test --install). 그 밖에 없는 것은 `./dure doctor`가 알려 줍니다",
    ),
    Suite(
        "Slurm",
        "slurm",
        _slurm,
        "Debian's slurm-wlm, slurmdbd, munge and mariadb-server: ./dure test --install",
        "Debian의 slurm-wlm, slurmdbd, munge, mariadb-server: ./dure test --install",
    ),
    Suite(
        "packages",
        "packages",
        _packages,
        "the packages of submitted programs: ./dure environment --install (./dure test --install does it)",
        "제출된 프로그램의 패키지: ./dure environment --install (./dure test --install도 설치합니다)",
    ),
    Suite(
        "labs",
        "labs",
        _labs,
        "the packages of labs: ./dure labs --install (./dure test --install does it), and what the sandbox needs",
        "실습 환경의 패키지: ./dure labs --install (./dure test --install도 설치합니다). 샌드박스에 필요한 것도 있어야 합니다",
    ),
    Suite(
        "namespaces",
        "namespaces",
        _namespaces,
        "root, and Debian's iproute2: ./dure test --install",
        "root 권한과 Debian의 iproute2: ./dure test --install",
    ),
    Suite(
        "object store",
        "s3",
        _object_store,
        "the development packages moto and django-storages: requirements/dev.txt",
        "개발용 패키지 moto, django-storages: requirements/dev.txt",
    ),
    Suite(
        "foreign verifiers",
        "verifiers",
        _verifiers,
        "Node with npm's jose (./dure test --install), and the development package openbadgeslib",
        "Node와 npm의 jose (./dure test --install), 개발용 패키지 openbadgeslib",
    ),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=either("run only these (options for pytest behind --)", "이것만 실행 (-- 뒤에는 pytest 옵션)"),
    )
    parser.add_argument(
        "--install",
        action="store_true",
        help=either(
            "first install the system packages the tests need (Debian, as root)",
            "테스트에 필요한 시스템 패키지를 먼저 설치 (Debian, root)",
        ),
    )
    parser.add_argument(
        "--require-all",
        action="store_true",
        help=either("fail if any suite is left out", "빠진 테스트 묶음이 있으면 실패"),
    )


def run(args: argparse.Namespace) -> int:
    try:
        root()
    except NoCheckoutError as error:
        print(f"dure test: {error}", file=sys.stderr)
        return 1
    if args.install and not install():
        return 1
    left_out = [suite for suite in SUITES if not suite.is_possible()]
    report(left_out)
    status = run_pytest(args.paths, left_out)
    if args.require_all and left_out:
        names = ", ".join(suite.name for suite in left_out)
        print(
            either(f"dure test: left out although --require-all: {names}", f"dure test: 빠진 묶음: {names}")
        )
        return status or 1
    return status


def report(left_out: list[Suite]) -> None:
    """Say which suites run and what would enable the others."""
    for suite in SUITES:
        state = either("left out", "제외") if suite in left_out else either("runs", "실행")
        print(
            f"  {suite.name:<14} {state:<9} {suite.enable if suite in left_out else ''}".rstrip(), flush=True
        )


def run_pytest(paths: list[str], left_out: list[Suite]) -> int:
    """Run pytest and return its exit status."""
    words = [sys.executable, "-m", "pytest", "-n", str(PROCESSES), "--dist", "worksteal"]
    if left_out:
        words += ["-m", " and ".join(f"not {suite.marker}" for suite in left_out)]
    env = clean_environment({"PYTHONPATH": os.pathsep.join([str(root() / "src"), str(root())])})
    return subprocess.run([*words, *paths], cwd=root(), env=env, check=False).returncode


def install() -> bool:
    """Install what the tests need of the system; say what went wrong and return False if it did."""
    from dure.cli import environment, labs
    from dure.engines.environment import standard

    return _install_packages() and _install_npm() and environment.install(standard()) and labs.install()


def _install_npm() -> bool:
    return all(package.install() for package in npm.PACKAGES)


def _missing_packages() -> list[str]:
    missing = []
    for name in SYSTEM_PACKAGES:
        said = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Status}", name],
            capture_output=True,
            text=True,
            check=False,
        )
        if said.stdout != "installed":
            missing.append(name)
    return missing


def _install_packages() -> bool:
    if shutil.which("apt-get") is None or shutil.which("dpkg-query") is None:
        print(
            "dure test --install: " + either("needs Debian's apt-get", "Debian의 apt-get이 필요합니다"),
            file=sys.stderr,
        )
        return False
    missing = _missing_packages()
    if not missing:
        return True
    if os.geteuid() != 0:
        print("dure test --install: " + either("needs root", "root 권한이 필요합니다"), file=sys.stderr)
        return False
    env = clean_environment({"DEBIAN_FRONTEND": "noninteractive"})
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
    subprocess.run([*apt, "update"], env=env, check=False)
    with _no_daemons():
        done = subprocess.run([*apt, "install", "--no-install-recommends", *missing], env=env, check=False)
    return done.returncode == 0


@contextmanager
def _no_daemons() -> Iterator[None]:
    """Have packages start nothing while they are installed; a policy that the machine has already stays."""
    if NO_DAEMONS.exists():
        yield
        return
    NO_DAEMONS.write_text("#!/bin/sh\nexit 101\n")
    NO_DAEMONS.chmod(0o755)
    try:
        yield
    finally:
        NO_DAEMONS.unlink(missing_ok=True)
