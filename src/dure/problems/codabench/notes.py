"""What a reader collects on its way: faults, which stop an import, and warnings, which a person should read."""

from dataclasses import dataclass, field, replace

from dure.engines.faults import Fault


@dataclass(slots=True)
class Notes:
    """Everything found so far, in the order it was found; the same note twice is kept once."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    _seen: set[object] = field(default_factory=set)

    def fault(
        self, code: str, place: str | None = None, *, row: int | None = None, **params: str | float
    ) -> None:
        self._add("fault", self.faults, Fault(code, params, row=row, place=place))

    def take(self, fault: Fault, place: str) -> None:
        """A fault that another reader found, with the place it stands at here."""
        self._add("fault", self.faults, replace(fault, place=place))

    def warn(
        self, code: str, place: str | None = None, *, row: int | None = None, **params: str | float
    ) -> None:
        self._add("warning", self.warnings, Fault(code, params, row=row, place=place))

    def _add(self, kind: str, notes: list[Fault], note: Fault) -> None:
        """A set and not a search in the list: an archive may have thousands of entries, each with its fault."""
        mark = (kind, note.code, note.place, note.row, tuple(sorted(note.params.items())))
        if mark not in self._seen:
            self._seen.add(mark)
            notes.append(note)
