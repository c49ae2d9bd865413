"""Landlock as a second layer: files, TCP, abstract sockets and signals, refused even where a namespace should fail.

Values as in the kernel's Documentation/userspace-api/landlock.rst; the numbers of its rights grew with its ABI.
"""

from typing import TypedDict

from dure.engines.sandbox.profile import Profile

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHARACTER_DEVICE, _MAKE_BLOCK_DEVICE = 1 << 6, 1 << 11
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_TCP = 0b11
_SCOPES = 0b11
_RIGHTS_BY_ABI = ((5, 16), (3, 15), (2, 14), (1, 13))
"""From which ABI on how many of the rights on files are known."""
_ON_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL_DEVICE

SEEN = _EXECUTE | _READ | _LIST
USED = SEEN | _WRITE | _TRUNCATE | _IOCTL_DEVICE


class Ruleset(TypedDict):
    """The kernel's attribute, ready to hand over, and (path, rights below it, rights if it is a file)."""

    attribute: bytes
    rules: list[tuple[str, int, int]]


def ruleset(profile: Profile, *, abi: int) -> Ruleset | None:
    """Return what the stub hands to the kernel, or None where it has no Landlock."""
    known = next((bits for least, bits in _RIGHTS_BY_ABI if abi >= least), 0)
    if not known:
        return None
    handled = (1 << known) - 1
    words = [handled]
    if abi >= 4:
        words.append(0 if profile.loopback else _TCP)
    if abi >= 6:
        words.append(_SCOPES)
    changed = handled & ~(_MAKE_CHARACTER_DEVICE | _MAKE_BLOCK_DEVICE)
    places = {"/": SEEN, "/dev": USED} | dict.fromkeys(profile.writable_folders, changed)
    return {
        "attribute": b"".join(word.to_bytes(8, "little") for word in words),
        "rules": [(path, rights & handled, rights & handled & _ON_FILES) for path, rights in places.items()],
    }
