"""Lines of a spreadsheet, each put into the form of its list and entered as if by hand: all of them, or none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction

from dure.alliance.imports import file
from dure.alliance.imports.columns import Columns, choices_of
from dure.alliance.imports.table import Entry
from dure.engines.faults import Fault, Faulty
from dure.foundation.access import Denied, demand
from dure.people import api as people

MOST: Final = 500
"""So many lines at once at most: each goes through all rules of its list."""


@dataclass(slots=True)
class Look:
    """What a file does: lines that are new with what they are called, how many are entered already, all that is wrong.

    `left_out` are columns that the list does not know; they are not read.
    """

    new: list[tuple[int, str]] = field(default_factory=list)
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def enter(entry: Entry, stream: Iterable[bytes], *, by: people.Person, is_real: bool) -> Look:
    """Enter all lines that are new, or none where anything is wrong. Raises Denied, and Faulty where it is no table.

    Looked at only, the same is done and taken back: what the look says is what entering does.
    """
    demand(entry.may(by))
    table = file.read(stream)
    if len(table["rows"]) > MOST:
        raise Faulty([Fault("too_many_rows", {"limit": MOST})])
    columns = Columns(entry, by)
    names = columns.named(table["headings"])
    seen = Look(left_out=[one for one in table["headings"] if one and one not in names])
    for line, cells in table["rows"]:
        said = {names[one]: cell for one, cell in zip(table["headings"], cells, strict=True) if one in names}
        _take(seen, entry, line, columns.form(said), by)
    if seen.faults or not is_real:
        transaction.set_rollback(True)
    return seen


def _take(seen: Look, entry: Entry, line: int, form: Any, by: people.Person) -> None:
    if not form.is_valid():
        seen.faults += _of_form(form, line)
    elif entry.same(by, form.cleaned_data).exists():
        seen.known += 1
    else:
        _make(seen, entry, line, form, by)


def _make(seen: Look, entry: Entry, line: int, form: Any, by: people.Person) -> None:
    try:
        with transaction.atomic():
            seen.new.append((line, str(entry.make(by, form))))
    except Faulty as faulty:
        seen.faults += [Fault(one.code, one.params, row=line, column=one.place) for one in faulty.faults]
    except Denied as denied:
        seen.faults.append(Fault("list_line_refused", {"why": str(denied.refused.message)}, row=line))


def _of_form(form: Any, line: int) -> Iterator[Fault]:
    for name, errors in form.errors.items():
        one = form.fields.get(name)
        if one is not None and any(error.code == "invalid_choice" for error in errors.as_data()):
            yield Fault("list_no_choice", {"choices": choices_of(one)}, row=line, column=name)
            continue
        for words in errors:
            yield Fault(
                "list_cell_refused", {"why": str(words)}, row=line, column=None if one is None else name
            )
