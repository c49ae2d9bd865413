"""Phases of version 2, and the rules every version's phases keep."""

from datetime import datetime
from itertools import pairwise
from typing import Final

from dure.problems.codabench.fields import Section
from dure.problems.codabench.model import Files, Phase, Task
from dure.problems.codabench.notes import Notes
from dure.problems.codabench.shelf import Shelf
from dure.problems.codabench.tasks import read_data, read_task_indexes

LONGEST_NAME: Final = 256

Placed = tuple[str, Phase]
"""A phase and the place it was read from."""


def read_phases(section: Section, shelf: Shelf, *, known: set[int]) -> list[Placed]:
    """Phases in the order of `index`, where absent in the order they are written."""
    numbered: list[tuple[int, Placed]] = []
    for at, entry in enumerate(section.sections("phases")):
        index = entry.number("index", default=at)
        if any(index == other for other, _ in numbered):
            shelf.notes.warn("phase_index_twice", entry.at("index"), index=index)
        phase = _phase(entry, shelf, known=known)
        if phase is not None:
            numbered.append((index, (entry.place, phase)))
        entry.ignore("solutions")
        entry.close()
    return [placed for _, placed in sorted(numbered, key=lambda pair: pair[0])]


def _phase(entry: Section, shelf: Shelf, *, known: set[int]) -> Phase | None:
    start = required_date(entry, "start")
    if not entry.has("tasks") or entry.raw("tasks") in (None, []):
        shelf.notes.fault("required_missing", entry.at("tasks"))
    tasks = read_task_indexes(entry, known=known)
    phase = read_phase(
        entry,
        name=entry.text("name", required=True, longest=LONGEST_NAME),
        start=start,
        end=entry.date("end"),
        tasks=tasks,
        auto_migrate=entry.flag("auto_migrate_to_this_phase", default=False),
        shelf=shelf,
    )
    return phase if start is not None else None


def required_date(entry: Section, key: str) -> datetime | None:
    faults = len(entry.notes.faults)
    found = entry.date(key)
    if found is None and len(entry.notes.faults) == faults:
        entry.notes.fault("required_missing", entry.at(key))
    return found


def read_phase(
    entry: Section,
    *,
    name: str,
    start: datetime | None,
    end: datetime | None,
    tasks: tuple[int, ...],
    auto_migrate: bool,
    shelf: Shelf,
) -> Phase:
    """A phase with the keys that all versions write alike."""
    return Phase(
        name=name,
        start=start or datetime.min,  # noqa: DTZ901  # thrown away by the caller, after all faults are found
        end=end,
        tasks=tasks,
        description=entry.text("description"),
        max_submissions=entry.number("max_submissions", default=100) or None,
        max_submissions_per_day=entry.number("max_submissions_per_day", default=5) or None,
        execution_time_limit=entry.number("execution_time_limit", default=600, lowest=1),
        auto_migrate=auto_migrate,
        hide_output=entry.flag("hide_output", default=False),
        hide_prediction_output=entry.flag("hide_prediction_output", default=False),
        hide_score_output=entry.flag("hide_score_output", default=False),
        accepts_only_result_submissions=entry.flag("accepts_only_result_submissions", default=False),
        starting_kit=read_data(entry, "starting_kit", shelf),
        public_data=read_data(entry, "public_data", shelf),
    )


def check_phases(placed: list[Placed], notes: Notes) -> None:
    """Every phase but the last has an end, ends after it starts, and the next starts strictly after that."""
    for place, phase in placed:
        if phase.end is not None and phase.end <= phase.start:
            notes.fault("phase_end_before_start", f"{place}.end")
    for (place, phase), (next_place, following) in pairwise(placed):
        if phase.end is None:
            notes.fault("phase_end_missing", f"{place}.end")
        if following.start <= (phase.end or phase.start):
            notes.fault("phase_overlap", f"{next_place}.start", previous=phase.name[:80])


def check_answers(placed: list[Placed], tasks: tuple[Task, ...], notes: Notes) -> None:
    """Says where answers of a task also lie in what participants may download."""
    by_index = {task.index: task for task in tasks}
    for place, phase in placed:
        secrets = [by_index[index].reference_data for index in phase.tasks if index in by_index]
        hidden = {digest for files in secrets if files for digest in _digests(files)}
        for key, files in (("public_data", phase.public_data), ("starting_kit", phase.starting_kit)):
            shared = [entry for entry in files.entries if entry.sha256 in hidden] if files else []
            if shared:
                notes.warn("answers_public", f"{place}.{key}", count=len(shared), path=shared[0].path)


def _digests(files: Files) -> set[str]:
    return {entry.sha256 for entry in files.entries if entry.size}
