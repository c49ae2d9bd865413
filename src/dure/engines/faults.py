"""What is wrong with something handed in, as a value: an engine finds it, an app says it in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, with its place.

    `code` names the kind (snake_case; the app above maps it to a sentence in Korean and English), `params` holds the
    named values that sentence needs, `row` is the line in the file as a person counts it (the header is line 1),
    `column` its name, `place` a path such as `phases[2].end` where rows and columns make no sense.
    """

    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    row: int | None = None
    column: str | None = None
    place: str | None = None


class Faulty(Exception):  # noqa: N818 - it reads as what it says: the input is faulty
    """Raised where a whole input is refused: carries every fault found, never only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults


def gettext_noop(message: str) -> str:
    """Mark a sentence for `scripts/messages`; the app above translates it when it is said. The one such mark of all engines."""
    return message
