"""Runs inside, between bubblewrap and the program: puts up the walls that must be put up from within, and watches how it ends.

Started as `python -I -S -c SOURCE ORDERS REPORT INPUT OUTPUT STARTER` with four pipes, so it may import only what starts fast. It
says `ready`, then reads its orders; its last word is how the program ended. The pipe of the orders is also a leash: its end
means that the starter is dead, and then the stub kills everything. Bubblewrap's own bond to its parent holds the same from
outside, but is tied some moments after it was started. The program cannot touch the stub: another Landlock domain, no ptrace,
and not dumpable, so that its files in /proc are closed.
"""

from __future__ import annotations

import ctypes
import marshal
import os
import resource
import select
import sys

# typing takes longer to import than all of the above; type checkers know this name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

_LIBC = ctypes.CDLL(None, use_errno=True)
_SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVILEGES, _FILTER = 4, 22, 38, 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF, _PATH_BENEATH = 444, 445, 446, 1
_KILL = 9
_IGNORED_BY_PYTHON = (13, 25)
"""SIGPIPE and SIGXFSZ: a program of another language expects to die of them."""


def main(orders_fd: int, report_fd: int, input_fd: int, output_fd: int) -> None:
    """Follow the orders; see the module's docstring."""
    for descriptor in (orders_fd, report_fd, input_fd, output_fd):
        os.set_inheritable(descriptor, False)  # noqa: FBT003 - it has no name for it
    os.write(report_fd, b"ready\n")
    text = _read(orders_fd, int.from_bytes(_read(orders_fd, 8), "little"))
    if not text:
        return
    orders = marshal.loads(text)  # noqa: S302 - from our own starter
    _become(orders["uid"])
    _checked(_LIBC.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _checked(_LIBC.prctl(_SET_DUMPABLE, 0, 0, 0, 0))
    child = os.fork()
    if not child:
        os.dup2(input_fd, 0)
        os.dup2(output_fd, 1)
        _be_the_program(orders, report_fd)
    _let_go_of(input_fd, output_fd)
    if orders["leashed"]:
        _wait_on_the_leash(child, orders_fd)
    _, status, usage = os.wait4(child, 0)
    used = usage.ru_utime + usage.ru_stime
    os.write(report_fd, f"ended {status} {used:.6f} {usage.ru_maxrss * 1024}\n".encode())


def _read(pipe: int, size: int) -> bytes:
    """Read exactly that much; nothing if the starter died before it was written."""
    data = b""
    while len(data) < size:
        piece = os.read(pipe, size - len(data))
        if not piece:
            return b""
        data += piece
    return data


def _wait_on_the_leash(child: int, leash: int) -> None:
    """Return when the program has ended, or when the starter has: then with everything killed that lives in here."""
    ended = os.pidfd_open(child)
    waiting = select.poll()
    waiting.register(ended, select.POLLIN)
    waiting.register(leash, 0)
    if all(descriptor != ended for descriptor, _ in waiting.poll()):
        os.kill(-1, _KILL)


def _become(uid: int | None) -> None:
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)


def _let_go_of(input_fd: int, output_fd: int) -> None:
    """Whoever reads the program's output must see its end when the program closes it."""
    os.close(input_fd)
    os.close(output_fd)
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)


def _be_the_program(orders: dict[str, Any], report_fd: int) -> NoReturn:
    try:
        _prepare(orders)
    except BaseException as error:  # noqa: BLE001 - whatever it was, the program must not start
        os.write(report_fd, f"fault {type(error).__name__}: {error}\n".encode())
        os._exit(125)
    try:
        os.execvpe(orders["command"][0], orders["command"], orders["environment"])  # noqa: S606 - our purpose
    except OSError as error:
        os.write(2, f"{orders['command'][0]}: {error.strerror}\n".encode())
        os._exit(127)


def _prepare(orders: dict[str, Any]) -> None:
    os.umask(0o022)
    os.chdir(orders["workdir"])
    for number in _IGNORED_BY_PYTHON:
        _LIBC.signal(number, None)
    for which, soft, hard in orders["rlimits"]:
        _limit(which, soft, hard)
    if orders["landlock"] is not None:
        _restrict_files(orders["landlock"])
    if orders["seccomp"] is not None:
        _restrict_calls(orders["seccomp"])


def _limit(which: int, soft: int, hard: int) -> None:
    """Set a limit, or leave the machine's own where that is lower."""
    most = resource.getrlimit(which)[1]
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(which, (soft, hard))


def _restrict_files(ruleset: dict[str, Any]) -> None:
    attribute = ruleset["attribute"]
    handle = _checked(_LIBC.syscall(_CREATE_RULESET, attribute, len(attribute), 0))
    for path, below, on_file in ruleset["rules"]:
        place = os.open(path, os.O_PATH)
        rights = below if os.path.isdir(path) else on_file  # noqa: PTH112 - pathlib starts slowly
        rule = rights.to_bytes(8, sys.byteorder) + place.to_bytes(4, sys.byteorder)
        _checked(_LIBC.syscall(_ADD_RULE, handle, _PATH_BENEATH, rule, 0))
        os.close(place)
    _checked(_LIBC.syscall(_RESTRICT_SELF, handle, 0))
    os.close(handle)


def _restrict_calls(instructions: bytes) -> None:
    program = ctypes.create_string_buffer(instructions, len(instructions))
    count = (len(instructions) // 8).to_bytes(8, sys.byteorder)
    pointer = ctypes.addressof(program).to_bytes(8, sys.byteorder)
    _checked(_LIBC.prctl(_SET_SECCOMP, _FILTER, count + pointer, 0, 0))


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
    # Everything is said; taking an interpreter down in order would cost the run three milliseconds.
    os._exit(0)
