"""Standard input, output and error of a run: whose ends are whose."""

import os
from dataclasses import dataclass, field
from typing import Literal

from dure.engines.sandbox.logs import BoundedLog

_CHUNK = 256 * 1024


@dataclass(slots=True)
class Streams:
    """The program's three ends, and what we do with the other ones.

    `programs_ends` are its input, output and error. `read` maps descriptors to what is kept of them; `to_write` is what
    `feeding` must still be fed.
    """

    programs_ends: list[int]
    read: dict[int, BoundedLog]
    feeding: int | None = None
    to_write: memoryview = field(default_factory=lambda: memoryview(b""))

    def close_the_programs_ends(self) -> None:
        """Close them here once the program has its own copies; a second time does nothing."""
        while self.programs_ends:
            os.close(self.programs_ends.pop())

    def close(self) -> None:
        """Close all that is still open here."""
        self.close_the_programs_ends()
        self.stop_feeding()
        for descriptor in self.read:
            os.close(descriptor)

    def belong_to(self, uid: int) -> None:
        """Let the program open its ends once more by name, as shells do with /dev/stderr: that takes the pipe's owner."""
        for descriptor in self.programs_ends:
            os.fchown(descriptor, uid, -1)

    def feed(self) -> bool:
        """Write what the pipe takes; say whether there is more to write. A program that does not listen loses the rest."""
        if self.feeding is None:
            return False
        try:
            self.to_write = self.to_write[os.write(self.feeding, self.to_write) :]
        except BlockingIOError:
            return True
        except BrokenPipeError:
            self.to_write = self.to_write[:0]
        return bool(self.to_write)

    def stop_feeding(self) -> None:
        """Let the program see the end of its input."""
        if self.feeding is not None:
            os.close(self.feeding)
            self.feeding = None

    def take(self, descriptor: int) -> Literal["some", "none yet", "end"]:
        """Read what is there."""
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return "none yet"
        self.read[descriptor].add(data)
        return "some" if data else "end"


def captured(stdin: bytes, *, log_bytes: int) -> tuple[Streams, BoundedLog, BoundedLog]:
    """Return streams that are fed with bytes and kept, with the logs of output and error."""
    (inside_in, ours_in), (ours_out, inside_out), (ours_err, inside_err) = os.pipe(), os.pipe(), os.pipe()
    for descriptor in (ours_in, ours_out, ours_err):
        os.set_blocking(descriptor, False)
    out, error = BoundedLog(log_bytes), BoundedLog(log_bytes)
    streams = Streams(
        [inside_in, inside_out, inside_err],
        {ours_out: out, ours_err: error},
        feeding=ours_in,
        to_write=memoryview(stdin),
    )
    return streams, out, error


def given(*, log_bytes: int) -> tuple[Streams, BoundedLog, int, int]:
    """Return streams whose input and output belong to the starter: (streams, log of error, end to write to, end to read from)."""
    (inside_in, ours_in), (ours_out, inside_out), (ours_err, inside_err) = os.pipe(), os.pipe(), os.pipe()
    os.set_blocking(ours_err, False)
    error = BoundedLog(log_bytes)
    return Streams([inside_in, inside_out, inside_err], {ours_err: error}), error, ours_in, ours_out
