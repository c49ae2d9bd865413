"""Lines through a pipe whose other end may be hostile: bounded in bytes, bounded in time."""

import os
import select
from time import monotonic
from typing import Literal

_CHUNK = 65536


Ending = Literal[
    "time",  # too slow
    "ended",  # gone
    "long",  # a line too long
    "malformed",  # no JSON of ours
    "forged",  # an answer to another call
    "calls",  # more calls than allowed
]
"""Why a side answers no more."""


class BrokenError(Exception):
    """The conversation with this end is over."""

    def __init__(self, why: Ending) -> None:
        super().__init__(why)
        self.why = why


class LineReader:
    """Whole lines from a descriptor. What is longer than `limit` bytes is never kept."""

    def __init__(self, source: int, *, limit: int) -> None:
        self._source, self._limit = source, limit
        self._held = bytearray()
        self._poll = select.poll()
        self._poll.register(source, select.POLLIN)

    def line(self, deadline: float) -> bytes:
        """The next line without its end. Raises BrokenError: `time` after the deadline (monotonic seconds), `ended`, `long`."""
        searched = 0
        while (end := self._held.find(b"\n", searched)) < 0:
            searched = len(self._held)
            if searched > self._limit:
                raise BrokenError("long")
            self._more(deadline)
        if end > self._limit:
            raise BrokenError("long")
        found = bytes(self._held[:end])
        del self._held[: end + 1]
        return found

    def _more(self, deadline: float) -> None:
        _wait(self._poll, deadline)
        chunk = os.read(self._source, _CHUNK)
        if not chunk:
            raise BrokenError("ended")
        self._held += chunk


class LineWriter:
    """Lines into a descriptor, which is made non-blocking: whoever does not read cannot make us wait for ever."""

    def __init__(self, target: int) -> None:
        self._target = target
        os.set_blocking(target, False)
        self._poll = select.poll()
        self._poll.register(target, select.POLLOUT)

    def line(self, words: bytes, deadline: float) -> None:
        """Write one line. Raises BrokenError: `time` after the deadline (monotonic seconds), `ended` when nobody reads any more."""
        rest = memoryview(words + b"\n")
        while rest:
            try:
                rest = rest[os.write(self._target, rest) :]
            except BlockingIOError:
                _wait(self._poll, deadline)
            except BrokenPipeError:
                raise BrokenError("ended") from None


def _wait(poll: "select.poll", deadline: float) -> None:
    left = deadline - monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise BrokenError("time")
