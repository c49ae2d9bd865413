"""What a reader collects on its way: faults, which stop an import, and warnings, which a person should read."""

from dataclasses import dataclass, field

from dure.engines.faults import Fault


@dataclass(slots=True)
class Notes:
    """Everything found so far, in the order it was found; the same note twice is kept once."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def fault(
        self, code: str, place: str | None = None, *, row: int | None = None, **params: str | float
    ) -> None:
        _add(self.faults, Fault(code, params, row=row, place=place))

    def warn(
        self, code: str, place: str | None = None, *, row: int | None = None, **params: str | float
    ) -> None:
        _add(self.warnings, Fault(code, params, row=row, place=place))


def _add(notes: list[Fault], note: Fault) -> None:
    if note not in notes:
        notes.append(note)
