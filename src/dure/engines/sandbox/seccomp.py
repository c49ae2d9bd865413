"""The filter for system calls, as classic BPF made by a small assembler of our own.

Rejected: libseccomp. It is a shared library that half of the machines lack, for two hundred instructions that this page makes;
and a filter that stands here can be run through an interpreter in the tests, for both architectures, on any machine.
Structures and return values as in the kernel's linux/seccomp.h, linux/filter.h and linux/audit.h.
"""

import errno
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from dure.engines.sandbox import syscalls
from dure.engines.sandbox.syscalls import Numbers

Instruction = tuple[int, int, int, int]
"""Operation, instructions to skip if true, to skip if false, constant."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """Its place in the tables of numbers and the kernel's name for it (AUDIT_ARCH)."""

    column: int
    audit: int


ARCHITECTURES = {"x86_64": Architecture(0, 0xC000003E), "aarch64": Architecture(1, 0xC00000B7)}

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ALLOW, _ERROR, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_NEW_NAMESPACES = 0x7E020000
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET."""
_TERMINAL_TRICKS = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX push characters into a terminal."""
_UNIX, _INET, _INET6, _NETLINK, _ROUTE = 1, 2, 10, 16, 0


def compiled(machine: str, *, kernel_counts_memory: bool) -> bytes | None:
    """Return the filter as the kernel takes it, or None for a machine whose numbers we do not know."""
    architecture = ARCHITECTURES.get(machine)
    if architecture is None:
        return None
    steps = instructions(architecture, kernel_counts_memory=kernel_counts_memory)
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def instructions(architecture: Architecture, *, kernel_counts_memory: bool) -> list[Instruction]:
    """Return the filter: another architecture's calls kill, unknown ones do not exist, refused ones fail, the rest pass."""
    refused = {**syscalls.REFUSED, **({} if kernel_counts_memory else syscalls.UNCOUNTED)}
    column = architecture.column
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        *_unless_equal(architecture.audit, [_answer(_KILL_PROCESS)]),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, syscalls.NEWEST_KNOWN + 1),
        _failing(errno.ENOSYS),
        *_refusals(refused.values(), column),
        # C libraries fall back to clone, whose flags a filter can read; those of clone3 lie in memory.
        *_when(syscalls.CLONE3[column], [_failing(errno.ENOSYS)]),
        *_when(syscalls.CLONE[column], _clone()),
        *_when(syscalls.IOCTL[column], _ioctl()),
        *_when(syscalls.SOCKET[column], _socket()),
        _answer(_ALLOW),
    ]


def _refusals(calls: Iterable[Numbers], column: int) -> list[Instruction]:
    numbers = [number for call in calls if (number := call[column]) is not None]
    return [step for number in sorted(numbers) for step in _when(number, [_failing(errno.EPERM)])]


def _clone() -> list[Instruction]:
    return [_argument(0), (_ANY_BIT, 0, 1, _NEW_NAMESPACES), _failing(errno.EPERM), _answer(_ALLOW)]


def _ioctl() -> list[Instruction]:
    tricks = [step for trick in _TERMINAL_TRICKS for step in _when(trick, [_failing(errno.EPERM)])]
    return [_argument(1), *tricks, _answer(_ALLOW)]


def _socket() -> list[Instruction]:
    """Only families that a network namespace shuts in: vsock, for one, would reach the machine's own host.

    Of netlink only the route protocol is left, through which C libraries list interfaces.
    """
    usual = [step for family in (_UNIX, _INET, _INET6) for step in _when(family, [_answer(_ALLOW)])]
    routes = [_argument(2), *_when(_ROUTE, [_answer(_ALLOW)]), _failing(errno.EAFNOSUPPORT)]
    return [_argument(0), *usual, *_when(_NETLINK, routes), _failing(errno.EAFNOSUPPORT)]


def _when(value: int | None, then: list[Instruction]) -> list[Instruction]:
    return [] if value is None else [(_EQUAL, 0, len(then), value), *then]


def _unless_equal(value: int, then: list[Instruction]) -> list[Instruction]:
    return [(_EQUAL, len(then), 0, value), *then]


def _argument(at: int) -> Instruction:
    """Load the lower half of an argument; both architectures are little-endian."""
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * at)


def _answer(action: int) -> Instruction:
    return (_RETURN, 0, 0, action)


def _failing(number: int) -> Instruction:
    return _answer(_ERROR | number)
