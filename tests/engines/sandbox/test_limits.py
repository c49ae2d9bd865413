"""Limits and Landlock's rules as tables."""

import resource

import pytest

from dure.engines.sandbox.landlock import SEEN, USED, ruleset
from dure.engines.sandbox.profile import MIB, SHARED_MEMORY, TEMPORARY, Profile
from dure.engines.sandbox.rlimits import OURS, rlimits

PROFILE = Profile(cpu_seconds=7, processes=9, file_bytes=11, open_files=13, memory_bytes=256 * MIB)


def limits(profile: Profile = PROFILE, *, counted: bool = False) -> dict[int, tuple[int, int]]:
    return {which: (soft, hard) for which, soft, hard in rlimits(profile, kernel_counts_memory=counted)}


@pytest.mark.parametrize(
    ("which", "soft", "hard"),
    [
        (resource.RLIMIT_CPU, 7, 8),
        (resource.RLIMIT_NPROC, 9 + OURS, 9 + OURS),
        (resource.RLIMIT_FSIZE, 11, 11),
        (resource.RLIMIT_NOFILE, 13, 13),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_AS, 2560 * MIB, 2560 * MIB),
    ],
)
def test_each_process_is_limited(which: int, soft: int, hard: int) -> None:
    assert limits()[which] == (soft, hard)


def test_address_space_is_free_where_the_kernel_counts_memory_and_where_drivers_reserve_it() -> None:
    assert resource.RLIMIT_AS not in limits(counted=True)
    assert resource.RLIMIT_AS not in limits(Profile(devices=("/dev/nvidia0",)))


@pytest.mark.parametrize(
    ("abi", "words", "bits"),
    [(1, 1, 13), (2, 1, 14), (3, 1, 15), (4, 2, 15), (5, 2, 16), (6, 3, 16), (7, 3, 16)],
)
def test_the_ruleset_grows_with_the_kernels_version(abi: int, words: int, bits: int) -> None:
    found = ruleset(PROFILE, abi=abi)
    assert found is not None
    assert len(found["attribute"]) == 8 * words
    handled = int.from_bytes(found["attribute"][:8], "little")
    assert handled == (1 << bits) - 1
    assert all(below | handled == handled for _, below, _ in found["rules"])


def test_the_root_can_be_read_and_only_agreed_folders_written() -> None:
    found = ruleset(PROFILE, abi=7)
    assert found is not None
    below = {path: rights for path, rights, _ in found["rules"]}
    assert below["/"] == SEEN
    assert below["/dev"] == USED
    assert {path for path, rights in below.items() if rights & 1 << 8} == {TEMPORARY, SHARED_MEMORY}


def test_no_device_can_be_made_anywhere_and_tcp_only_where_agreed() -> None:
    found = ruleset(PROFILE, abi=7)
    with_loopback = ruleset(Profile(loopback=True), abi=7)
    assert found is not None
    assert with_loopback is not None
    assert all(not rights & (1 << 6 | 1 << 11) for _, rights, _ in found["rules"])
    assert found["attribute"][8] == 0b11
    assert with_loopback["attribute"][8] == 0


def test_a_kernel_without_landlock_gets_none() -> None:
    assert ruleset(PROFILE, abi=0) is None
