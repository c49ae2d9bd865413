"""Leaderboards, their columns, and the fact sheet."""

import re
from typing import Any, Final, Literal, cast

from dure.problems.codabench.fields import Section, whole_number
from dure.problems.codabench.model import Column, Leaderboard, Question, Sorting
from dure.problems.codabench.notes import Notes

SUBMISSION_RULES: Final = (
    "Add",
    "Add_And_Delete",
    "Add_And_Delete_Multiple",
    "Force_Last",
    "Force_Latest_Multiple",
    "Force_Best",
)
COMPUTATIONS: Final = ("sum", "avg", "min", "max")
QUESTION_TYPES: Final = ("checkbox", "text", "select")
LONGEST_COLUMN: Final = 36
LONGEST_BOARD: Final = 64
HIGHEST_PRECISION: Final = 10


def read_leaderboards(section: Section) -> tuple[Leaderboard, ...]:
    key = "leaderboards"
    if not section.has(key) and section.has("leaderboard"):
        key = "leaderboard"
        section.notes.warn("board_key_singular", section.at(key))
    entries = section.sections(key)
    if not entries:
        section.notes.fault("required_missing", section.at("leaderboards"))
    if len(entries) > 1:
        section.notes.warn("boards_after_first", section.at(key), count=len(entries) - 1)
    return tuple(_board(entry) for entry in entries)


def _board(entry: Section) -> Leaderboard:
    columns = tuple(_column(column, at) for at, column in enumerate(entry.sections("columns")))
    check_columns(columns, entry.at("columns"), entry.notes)
    board = Leaderboard(
        title=entry.text("title", required=True, longest=LONGEST_BOARD),
        key=entry.text("key", required=True, longest=LONGEST_COLUMN),
        columns=columns,
        submission_rule=entry.choice("submission_rule", choices=SUBMISSION_RULES, default="Add"),
        hidden=entry.flag("hidden", default=False),
        primary_index=_primary(entry, columns),
    )
    entry.ignore("index")
    entry.close()
    return board


def _primary(entry: Section, columns: tuple[Column, ...]) -> int:
    indexes = sorted(column.index for column in columns)
    first = 0 if 0 in indexes or not indexes else indexes[0]
    primary = entry.number("primary_index", default=first)
    if indexes and primary not in indexes:
        entry.notes.fault("primary_unknown", entry.at("primary_index"), index=primary)
    return primary


def _column(entry: Section, at: int) -> Column:
    column = Column(
        title=entry.text("title", required=True, longest=LONGEST_COLUMN),
        key=entry.text("key", required=True, longest=LONGEST_COLUMN),
        index=entry.number("index", default=at),
        sorting=read_sorting(entry, "sorting"),
        computation=_computation(entry),
        computation_indexes=_indexes(entry),
        precision=read_precision(entry, "precision"),
        hidden=entry.flag("hidden", default=False),
    )
    entry.close()
    return column


def read_sorting(entry: Section, key: str) -> Sorting:
    return cast("Sorting", entry.choice(key, choices=("desc", "asc"), default="desc"))


def read_precision(entry: Section, key: str) -> int:
    precision = entry.number(key, default=2)
    if precision > HIGHEST_PRECISION:
        entry.notes.warn("precision_cut", entry.at(key), highest=HIGHEST_PRECISION)
    return min(precision, HIGHEST_PRECISION)


def _computation(entry: Section) -> str:
    if entry.raw("computation") is None:
        return ""
    return entry.choice("computation", choices=COMPUTATIONS, default="")


def _indexes(entry: Section) -> tuple[int, ...]:
    """Indexes of columns, written as numbers, as texts, or all in one text with commas."""
    value = entry.raw("computation_indexes")
    if value is None:
        return ()
    parts: list[Any] = value if isinstance(value, list) else re.split(r"[,\s]+", str(value))
    parts = [part for part in parts if part != ""]
    if not isinstance(value, list) or any(isinstance(part, str) for part in parts):
        entry.notes.warn("computation_indexes_text", entry.at("computation_indexes"))
    numbers = [whole_number(part) for part in parts]
    if None in numbers:
        entry.notes.fault("computation_indexes_wrong", entry.at("computation_indexes"))
    return tuple(number for number in numbers if number is not None)


def check_columns(columns: tuple[Column, ...], place: str, notes: Notes) -> None:
    """At least one column; indexes and keys unique; a computation stands on other columns that exist."""
    if not columns:
        notes.fault("columns_missing", place)
    known = [column.index for column in columns]
    for at, column in enumerate(columns):
        if column.index in known[:at]:
            notes.fault("column_index_twice", f"{place}[{at}].index", index=column.index)
        if column.key and column.key in {earlier.key for earlier in columns[:at]}:
            notes.fault("column_key_twice", f"{place}[{at}].key", key=column.key[:60])
        _check_computation(column, set(known), f"{place}[{at}].computation_indexes", notes)


def _check_computation(column: Column, known: set[int], place: str, notes: Notes) -> None:
    if column.computation and not column.computation_indexes:
        notes.fault("computation_indexes_missing", place)
    for index in column.computation_indexes if column.computation else ():
        if index == column.index:
            notes.fault("computation_of_itself", place, index=index)
        elif index not in known:
            notes.fault("computation_index_unknown", place, index=index)


def read_fact_sheet(section: Section) -> tuple[Question, ...]:
    questions: list[Question] = []
    for entry in section.sections("fact_sheet"):
        question = _question(entry)
        if any(question.key == earlier.key for earlier in questions):
            section.notes.fault("question_key_twice", entry.at("key"), key=question.key[:60])
        questions.append(question)
    return tuple(questions)


def _question(entry: Section) -> Question:
    kind = cast(
        'Literal["checkbox", "text", "select"]', entry.choice("type", choices=QUESTION_TYPES, default="text")
    )
    question = Question(
        key=entry.text("key", default=entry.name),
        type=kind,
        title=entry.text("title", default=entry.name),
        selection=_selection(entry, kind),
        is_required=_quoted_flag(entry, "is_required"),
        is_on_leaderboard=_quoted_flag(entry, "is_on_leaderboard"),
    )
    entry.close()
    return question


def _selection(entry: Section, kind: str) -> tuple[str, ...]:
    if kind != "select":
        entry.raw("selection")
        return ()
    choices = entry.texts("selection")
    if not choices:
        entry.notes.fault("required_missing", entry.at("selection"))
    return choices


def _quoted_flag(entry: Section, key: str) -> bool:
    """The two flags of a question are the texts "true" and "false" by the format itself: no oddity to report."""
    value = entry.raw(key)
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true"
    return entry.flag(key, default=False)
