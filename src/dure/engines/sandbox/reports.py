"""What the stub says on its pipe: `ready`, perhaps `fault …`, and in the end `ended STATUS SECONDS BYTES`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LastWords:
    """The program's wait status, seconds of processor time, its largest process in bytes."""

    status: int
    cpu_seconds: float
    largest: int


@dataclass(slots=True)
class Report:
    """The lines so far. The program holds no end of this pipe, so they are the stub's own."""

    heard: bytes = b""

    @property
    def is_ready(self) -> bool:
        """Whether the stub stands inside and waits for its orders."""
        return self.heard.startswith(b"ready\n")

    @property
    def fault(self) -> str | None:
        """Why a wall could not be put up; the program was then not started."""
        return next(iter(self._lines("fault ")), None)

    @property
    def last_words(self) -> LastWords | None:
        """How the program ended; None if the stub was killed with it."""
        for line in self._lines("ended "):
            status, used, largest = line.split()
            return LastWords(int(status), float(used), int(largest))
        return None

    def _lines(self, start: str) -> list[str]:
        lines = self.heard.decode(errors="replace").splitlines()
        return [line.removeprefix(start) for line in lines if line.startswith(start)]
