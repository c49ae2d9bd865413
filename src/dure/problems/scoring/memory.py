"""What this scorer has worked out, kept in its memory within bounds: an evaluation never measures twice under one plan.

The keys name evaluations, and an evaluation belongs to one version of answers and scorer, so nothing kept here goes stale.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from dure.engines.scoring.systems import Measured

MOST_BYTES = 512 * 2**20
Key = tuple[str, str]
"""Evaluation uid and board view."""
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Values up to so many bytes together, the longest unused forgotten first; one alone may be larger."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def recall(self, key: K) -> V | None:
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def remember(self, key: K, value: V, *, size: int) -> None:
        self._forget(key)
        self._kept[key] = value, size
        self._bytes += size
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: K) -> None:
        if key in self._kept:
            self._bytes -= self._kept.pop(key)[1]


_measured: Memory[Key, Measured] = Memory(MOST_BYTES)


def recall(key: Key) -> Measured | None:
    """What this evaluation measured for this board, if it is still in mind."""
    return _measured.recall(key)


def remember(key: Key, measured: Measured | None) -> None:
    """Keep in mind what an evaluation measured for a board; nothing for one that cannot be ranked."""
    if measured is not None:
        _measured.remember(key, measured, size=measured.values.nbytes)
