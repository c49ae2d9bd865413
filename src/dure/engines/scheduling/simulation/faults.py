"""Every fault that a trace or a table of shares can have; the door above says them in words, with what to do about them."""

from collections.abc import Iterator

from dure.engines.faults import Fault, Faulty

MOST = 1_000
CODES = (
    "trace_too_large",
    "trace_damaged",
    "trace_not_text",
    "trace_empty",
    "trace_too_many_jobs",
    "swf_fields",
    "number_bad",
    "number_range",
    "time_bad",
    "class_unknown",
    "name_bad",
    "job_twice",
    "column_missing",
    "column_twice",
    "ragged_row",
    "quotes_broken",
    "member_unknown",
    "member_twice",
    "kind_unknown",
    "capacity_unknown",
    "guaranteed_too_much",
    "nothing_fits",
    "more_faults",
)


class Faults:
    """Faults as they are found, given back by their lines; beyond `MOST` they are only counted."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.more = 0

    def __iter__(self) -> Iterator[Fault]:
        yield from sorted(self.found, key=lambda fault: fault.row or 0)
        if self.more:
            yield Fault("more_faults", {"count": self.more})

    def add(
        self, code: str, row: int | None = None, column: str | None = None, **params: str | float
    ) -> None:
        """Note one fault, with its line as a person counts it."""
        if len(self.found) < MOST:
            self.found.append(Fault(code, params, row=row, column=column))
        else:
            self.more += 1

    def refuse(self) -> None:
        """Raise Faulty with all that were found, if any."""
        if self.found:
            raise Faulty(list(self))
