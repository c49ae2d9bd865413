"""What this scorer has measured, kept in its memory within bounds: an evaluation never measures twice under one plan.

The key names the evaluation, and an evaluation belongs to one version of answers and scorer, so nothing kept here goes stale.
"""

from collections import OrderedDict

from dure.engines.scoring.systems import Measured

MOST_BYTES = 512 * 2**20
Key = tuple[str, str]
"""Evaluation uid and board view."""


class Memory:
    """Measured systems, the longest unused forgotten first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Key, Measured] = OrderedDict()

    def recall(self, key: Key) -> Measured | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def remember(self, key: Key, measured: Measured | None) -> None:
        if measured is None:
            return
        self._forget(key)
        self._kept[key] = measured
        self._bytes += measured.values.nbytes
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: Key) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self._bytes -= old.values.nbytes


memory = Memory()
