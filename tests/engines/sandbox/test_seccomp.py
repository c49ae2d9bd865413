"""The filter, run through an interpreter of classic BPF, for both architectures on any machine."""

import errno
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.sandbox import syscalls
from dure.engines.sandbox.seccomp import ARCHITECTURES, compiled, instructions

ALLOW, KILL = 0x7FFF0000, 0x80000000
MACHINES = sorted(ARCHITECTURES)
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def judged(machine: str, number: int, *arguments: int, audit: int | None = None, counted: bool = True) -> int:
    """What the kernel would answer: the operations as in linux/filter.h."""
    architecture = ARCHITECTURES[machine]
    data = {0: number, 4: architecture.audit if audit is None else audit}
    for at in range(6):
        data[16 + 8 * at] = arguments[at] & 0xFFFFFFFF if at < len(arguments) else 0
    steps = instructions(architecture, kernel_counts_memory=counted)
    at, loaded = 0, 0
    while True:
        operation, if_true, if_false, value = steps[at]
        at += 1
        if operation == 0x06:
            return value
        if operation == 0x20:
            loaded = data[value]
        else:
            holds = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[operation]
            at += if_true if holds else if_false


def refusal(number: int) -> int:
    return 0x00050000 | number


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", sorted(syscalls.REFUSED))
def test_what_nobody_needs_is_refused(machine: str, name: str) -> None:
    number = syscalls.REFUSED[name][ARCHITECTURES[machine].column]
    if number is not None:
        assert judged(machine, number) == refusal(errno.EPERM)


@pytest.mark.parametrize("machine", MACHINES)
def test_every_other_known_call_passes_whatever_its_arguments(machine: str) -> None:
    column = ARCHITECTURES[machine].column
    special = (syscalls.CLONE, syscalls.CLONE3, syscalls.IOCTL, syscalls.SOCKET)
    refused = {numbers[column] for numbers in (*syscalls.REFUSED.values(), *special)}
    others = set(range(syscalls.NEWEST_KNOWN + 1)) - refused
    assert {number for number in others if judged(machine, number, 0x7E020000, 0x5412) != ALLOW} == set()


@pytest.mark.parametrize("machine", MACHINES)
@given(number=st.integers(syscalls.NEWEST_KNOWN + 1, 2**32 - 1))
def test_calls_that_nobody_has_judged_yet_do_not_exist(machine: str, number: int) -> None:
    """Among them the second table of x86, whose numbers begin at 2**30."""
    assert judged(machine, number) == refusal(errno.ENOSYS)


@given(audit=st.integers(0, 2**32 - 1), number=st.integers(0, 600))
def test_calls_of_another_architecture_kill(audit: int, number: int) -> None:
    if audit != ARCHITECTURES["x86_64"].audit:
        assert judged("x86_64", number, audit=audit) == KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_processes_and_threads_yes_namespaces_no(machine: str) -> None:
    clone = syscalls.CLONE[ARCHITECTURES[machine].column] or 0
    assert judged(machine, clone, 0x1200011) == ALLOW  # fork
    assert judged(machine, clone, 0x3D0F00) == ALLOW  # a thread
    for bit in (17, 25, 26, 27, 28, 29, 30):
        assert judged(machine, clone, 0x11 | 1 << bit) == refusal(errno.EPERM)
    assert judged(machine, syscalls.CLONE3[0] or 0) == refusal(errno.ENOSYS)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("family", "protocol", "passes"),
    [
        (1, 0, True),
        (2, 6, True),
        (10, 17, True),
        (16, 0, True),
        (16, 16, False),
        (17, 0, False),
        (38, 0, False),
        (40, 0, False),
    ],
)
def test_sockets_only_of_families_that_a_namespace_shuts_in(
    machine: str, family: int, protocol: int, *, passes: bool
) -> None:
    socket = syscalls.SOCKET[ARCHITECTURES[machine].column] or 0
    assert judged(machine, socket, family, 1, protocol) == (ALLOW if passes else refusal(errno.EAFNOSUPPORT))


@pytest.mark.parametrize("machine", MACHINES)
def test_no_characters_are_pushed_into_a_terminal(machine: str) -> None:
    ioctl = syscalls.IOCTL[ARCHITECTURES[machine].column] or 0
    assert judged(machine, ioctl, 0, 0x5412) == refusal(errno.EPERM)
    assert judged(machine, ioctl, 0, 0x541C) == refusal(errno.EPERM)
    assert judged(machine, ioctl, 0, 0x5413) == ALLOW  # the window's size


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", sorted(syscalls.UNCOUNTED))
def test_memory_that_only_a_cgroup_counts_needs_one(machine: str, name: str) -> None:
    number = syscalls.UNCOUNTED[name][ARCHITECTURES[machine].column] or 0
    assert judged(machine, number, counted=True) == ALLOW
    assert judged(machine, number, counted=False) == refusal(errno.EPERM)


def test_the_kernel_takes_eight_bytes_for_each_step_and_at_most_4096() -> None:
    filter_ = compiled("x86_64", kernel_counts_memory=False)
    assert filter_ is not None
    steps = instructions(ARCHITECTURES["x86_64"], kernel_counts_memory=False)
    assert len(filter_) == 8 * len(steps) <= 8 * 4096
    assert compiled("riscv64", kernel_counts_memory=True) is None


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_systems_headers(machine: str) -> None:
    header = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"{header} comes with linux-libc-dev on x86_64")
    defined = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text()))
    column = ARCHITECTURES[machine].column
    named = {
        **syscalls.REFUSED,
        **syscalls.UNCOUNTED,
        "clone": syscalls.CLONE,
        "clone3": syscalls.CLONE3,
        "ioctl": syscalls.IOCTL,
        "socket": syscalls.SOCKET,
    }
    differing = {
        name: (numbers[column], defined[name])
        for name, numbers in named.items()
        if name in defined and numbers[column] != int(defined[name])
    }
    assert differing == {}
