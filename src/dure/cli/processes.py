"""Start programs that die with their parent, as an ordinary user where root starts them."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dure.cli.words import either

_PR_SET_PDEATHSIG = 1
# Loaded here and not between fork and exec, where loading a library could deadlock.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

# Users a root installation may run its database as; the first that exists is taken and none is created.
DATABASE_USERS = ("dure", "postgres", "nobody")


class NoSuitableUserError(RuntimeError):
    """Root started us and no unprivileged user exists that the database could run as."""


@dataclass(frozen=True)
class Account:
    """A system user, as /etc/passwd names it."""

    name: str
    uid: int
    gid: int


def own_account() -> Account:
    """Return the account this process runs as; raise NoSuitableUserError where the uid has no name."""
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise NoSuitableUserError(
            either(
                f"user id {os.geteuid()} has no entry in /etc/passwd, which PostgreSQL needs; "
                "add one, or set DATABASE_URL to a PostgreSQL server",
                f"/etc/passwd 에 사용자 번호 {os.geteuid()} 항목이 없습니다. PostgreSQL 서버에 필요하니 "
                "항목을 넣거나, DATABASE_URL 에 PostgreSQL 서버를 적으세요",
            )
        ) from error
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def database_account() -> Account:
    """Return who the embedded database runs as: ourselves, or for root an existing ordinary user."""
    own = own_account()
    if own.uid != 0:
        return own
    for name in DATABASE_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise NoSuitableUserError(
        either(
            f"PostgreSQL refuses to run as root and none of the users {', '.join(DATABASE_USERS)} exists; "
            "run dure as an ordinary user, or set DATABASE_URL to a PostgreSQL server",
            f"PostgreSQL 서버는 root로 돌지 않는데 {', '.join(DATABASE_USERS)} 사용자가 하나도 없습니다. "
            "보통 사용자로 dure 를 실행하거나, DATABASE_URL 에 PostgreSQL 서버를 적으세요",
        )
    )


def dies_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Return what a child calls before exec so that it gets `number` when the starting thread ends.

    The kernel ties the signal to the thread that forked, so start children from a thread that lives as long
    as the process does. It is forgotten when the user changes, so it is set after that (subprocess runs
    preexec_fn last).
    """
    parent = os.getpid()

    def before_exec() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # it died between fork and prctl, and no signal will come
            os._exit(1)

    return before_exec


def spawn(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    death_signal: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    keep: Sequence[int] = (),
    stdin: int | IO[Any] = subprocess.DEVNULL,
    output: int | IO[Any] | None = None,
    cwd: Path | str | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in its own session; it gets `death_signal` when the calling thread ends.

    `account` changes the user (root only); `keep` are file descriptors the program inherits under the same
    numbers; `output` takes standard output and error together.
    """
    switch: dict[str, Any] = {}
    if account is not None and account.uid != os.geteuid():
        switch = {"user": account.uid, "group": account.gid, "extra_groups": []}
    return subprocess.Popen(
        list(arguments),
        env=dict(env),
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        pass_fds=tuple(keep),
        cwd=cwd,
        start_new_session=True,
        preexec_fn=dies_with_parent(death_signal),  # noqa: PLW1509 — only async-signal-safe calls, no locks
        **switch,
    )


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return our environment with `extra` over it and without the bytecode switch that slows every start."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**env, **extra}
