"""Versions 1, 1.5 and 1.8: other names, one task per phase, no end dates, phases in parallel."""

import dataclasses
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from dure.problems.codabench.boards import (
    LONGEST_COLUMN,
    check_columns,
    read_sorting,
)
from dure.problems.codabench.fields import Section, whole_number
from dure.problems.codabench.model import Column, Leaderboard, Page, Task
from dure.problems.codabench.notes import Notes
from dure.problems.codabench.pages import read_page, read_terms
from dure.problems.codabench.phases import LONGEST_NAME, Placed, read_phase, required_date
from dure.problems.codabench.shelf import Shelf
from dure.problems.codabench.tasks import read_task

IGNORED_ON_TOP: Final = (
    "admin_names",
    "allow_teams",
    "allow_public_submissions",
    "anonymous_leaderboard",
    "enable_forum",
    "disallow_leaderboard_modifying",
    "force_submission_to_leaderboard",
    "force_best_submission_to_leaderboard",
    "start_date",
)
_IGNORED_IN_PHASE: Final = (
    "color",
    "is_scoring_only",
    "force_best_submission_to_leaderboard",
    "disallow_leaderboard_modifying",
)
_OF_TASK: Final = (
    "scoring_program",
    "ingestion_program",
    "reference_data",
    "input_data",
    "ingestion_program_only_during_scoring",
)


@dataclass(frozen=True, slots=True)
class _Group:
    """What becomes one phase: its own keys, and for each of its tasks the place, the name and the keys of that task."""

    place: str
    phase: dict[str, Any]
    tasks: tuple[tuple[str, dict[str, Any]], ...]


def read_legacy_pages(section: Section, shelf: Shelf) -> tuple[Page, tuple[Page, ...]]:
    """The terms, and the other pages in their order, from `html: {name: file}`."""
    html = section.section("html") or Section({}, section.at("html"), section.notes)
    terms = read_terms(html.raw("terms"), shelf=shelf, place=html.at("terms"))
    pages = []
    for name in html.unread():
        title = name.replace("_", " ").strip().capitalize()
        page = read_page(title, html.raw(name), shelf=shelf, place=html.at(name))
        if page is not None:
            pages.append(page)
    return terms, tuple(pages)


def read_legacy_phases(section: Section, shelf: Shelf) -> tuple[list[Placed], tuple[Task, ...], bool]:
    """Phases with their ends, their tasks, and whether some ran in parallel (version 1.8)."""
    entries = _numbered(section)
    groups = _groups(entries, section.notes)
    tasks: list[Task] = []
    placed: list[Placed] = []
    for group in groups:
        phase = _phase(group, tasks, shelf)
        if phase is not None:
            placed.append(phase)
    return (
        _with_ends(placed, section.date("end_date"), section.notes),
        tuple(tasks),
        len(groups) < len(entries),
    )


def _numbered(section: Section) -> list[tuple[int, str, dict[str, Any]]]:
    """Number, place and keys of each phase, in the order of the numbers."""
    found = []
    for at, entry in enumerate(section.sections("phases"), start=1):
        number = entry.number("phasenumber", default=whole_number(entry.name) or at)
        found.append((number, entry.place, entry.rest()))
    if not found:
        section.notes.fault("required_missing", section.at("phases"))
    return sorted(found, key=lambda entry: entry[0])


def _groups(entries: list[tuple[int, str, dict[str, Any]]], notes: Notes) -> list[_Group]:
    """One group for each phase; children of a parallel phase become tasks of their parent's group."""
    children: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    parents: list[tuple[int, str, dict[str, Any]]] = []
    tops = {number for number, _, keys in entries if whole_number(keys.get("parent_phasenumber")) is None}
    for number, place, keys in entries:
        parent = whole_number(keys.pop("parent_phasenumber", None))
        if parent is None:
            parents.append((number, place, keys))
        elif parent in children or parent in tops:
            children.setdefault(parent, []).append((place, keys))
        else:
            children[parent] = [(place, keys)]
            parents.append((parent, place, {}))
            notes.warn("parallel_parent_missing", place, number=parent)
    return [_group(place, keys, children.pop(number, []), notes) for number, place, keys in parents]


def _group(
    place: str, keys: dict[str, Any], children: list[tuple[str, dict[str, Any]]], notes: Notes
) -> _Group:
    keys.pop("is_parallel_parent", None)
    if not children:
        return _Group(place, keys, ((place, keys),))
    notes.warn("parallel_phases_joined", place, count=len(children))
    phase: dict[str, Any] = {}
    for _, child in reversed(children):
        phase.update(child)
    return _Group(place, {**phase, **keys}, tuple(children))


def _phase(group: _Group, tasks: list[Task], shelf: Shelf) -> Placed | None:
    own = {key: value for key, value in group.phase.items() if key not in _OF_TASK}
    entry = Section(own, group.place, shelf.notes)
    start = required_date(entry, "start_date")
    phase = read_phase(
        entry,
        name=entry.text("label", required=True, longest=LONGEST_NAME),
        start=start,
        end=None,
        tasks=tuple(range(len(tasks), len(tasks) + len(group.tasks))),
        auto_migrate=entry.flag("auto_migration", default=False),
        shelf=shelf,
    )
    for place, keys in group.tasks:
        tasks.append(_task(place, keys, index=len(tasks), shelf=shelf))
    entry.ignore(*_IGNORED_IN_PHASE)
    entry.close()
    return (group.place, phase) if start is not None else None


def _task(place: str, keys: dict[str, Any], *, index: int, shelf: Shelf) -> Task:
    entry = Section({key: keys[key] for key in _OF_TASK if key in keys}, place, shelf.notes)
    during = entry.flag("ingestion_program_only_during_scoring", default=False)
    label = Section(keys, place, Notes()).text("label")  # the phase has said already what is odd about it
    return read_task(entry, index=index, name=label, during_scoring=during, shelf=shelf)


def _with_ends(placed: list[Placed], last: datetime | None, notes: Notes) -> list[Placed]:
    """Each phase ends a day before the next starts; where that is no time at all, a second before."""
    ended = []
    for at, (place, phase) in enumerate(placed):
        end = last
        if at + 1 < len(placed):
            following = placed[at + 1][1].start
            end = following - timedelta(days=1)
            if end <= phase.start:
                end = following - timedelta(seconds=1)
                notes.warn("phase_end_close", place)
        ended.append((place, dataclasses.replace(phase, end=end)))
    return ended


def read_legacy_boards(section: Section) -> tuple[Leaderboard, ...]:
    outer = section.section("leaderboard")
    boards = outer.sections("leaderboards") if outer else []
    if outer is None or not boards:
        section.notes.fault("required_missing", section.at("leaderboard.leaderboards"))
        return ()
    ranked = sorted(boards, key=lambda board: board.number("rank", default=len(boards)))
    labels = {board.name: board.text("label", default=board.name) for board in ranked}
    by_board: dict[str, list[Section]] = {name: [] for name in labels}
    for entry in outer.sections("columns"):
        by_board[_board_of(entry, labels)].append(entry)
    if len(ranked) > 1:
        section.notes.warn("boards_after_first", section.at("leaderboard"), count=len(ranked) - 1)
    read = tuple(_board(board, by_board[board.name], outer.at("columns")) for board in ranked)
    outer.ignore("column_groups")
    outer.close()
    return read


def _board_of(entry: Section, labels: dict[str, str]) -> str:
    """The name of the board a column belongs to: that whose label the aliased board has, without case."""
    value = entry.raw("leaderboard")
    wanted = value.get("label") if isinstance(value, dict) else value
    for name, label in labels.items():
        if isinstance(wanted, str) and wanted.strip().lower() in (label.lower(), name.lower()):
            return name
    if wanted is not None or len(labels) > 1:
        entry.notes.fault("column_board_unknown", entry.at("leaderboard"), label=str(wanted)[:60])
    return next(iter(labels))


def _board(board: Section, entries: list[Section], place: str) -> Leaderboard:
    if len(board.name) > LONGEST_COLUMN:
        board.notes.fault("text_too_long", board.place, limit=LONGEST_COLUMN, length=len(board.name))
    ranked = sorted(entries, key=lambda entry: entry.number("rank", default=len(entries)))
    columns = tuple(_column(entry, index) for index, entry in enumerate(ranked))
    check_columns(columns, place, board.notes)
    board.close()
    return Leaderboard(title=board.name, key=board.name, columns=columns)


def _column(entry: Section, index: int) -> Column:
    if len(entry.name) > LONGEST_COLUMN:
        entry.notes.fault("text_too_long", entry.place, limit=LONGEST_COLUMN, length=len(entry.name))
    column = Column(
        title=entry.text("label", default=entry.name, longest=LONGEST_COLUMN),
        key=entry.name,
        index=index,
        sorting=read_sorting(entry, "sort"),
        precision=_digits(entry),
        hidden=entry.flag("hidden", default=False),
    )
    entry.ignore("computed", "column_group")
    entry.close()
    return column


def _digits(entry: Section) -> int:
    """Digits shown, from `2`, "2" or a format such as "%.2f"."""
    value = entry.raw("numeric_format")
    match = re.search(r"\d+", str(value)) if value is not None else None
    if value is not None and (match is None or len(match[0]) > 2 or int(match[0]) > 10):
        entry.notes.warn("precision_unreadable", entry.at("numeric_format"), value=str(value)[:60])
        return 2
    return int(match[0]) if match else 2
