"""Tasks, written in the competition or each in a bundle of its own, and sample submissions."""

from typing import Final

from dure.problems.codabench.command import read_program
from dure.problems.codabench.fields import Section, whole_number
from dure.problems.codabench.model import Files, Program, Role, Solution, Task
from dure.problems.codabench.shelf import Shelf

_FIELDS: Final = (
    *("name", "description", "is_public", "ingestion_only_during_scoring"),
    *("scoring_program", "ingestion_program", "reference_data", "input_data"),
)


def read_tasks(section: Section, shelf: Shelf) -> tuple[Task, ...]:
    tasks: list[Task] = []
    for at, entry in enumerate(section.sections("tasks")):
        index = entry.number("index", default=at)
        if any(task.index == index for task in tasks):
            shelf.notes.fault("task_index_twice", entry.at("index"), index=index)
        tasks.append(_task(entry, index, shelf))
        entry.close()
    return tuple(tasks)


def _task(entry: Section, index: int, shelf: Shelf) -> Task:
    if entry.raw("path") is not None:
        entry.ignore("key", *_FIELDS)
        return _task_bundle(entry, index, shelf)
    key = entry.text("key")
    if key:
        shelf.notes.warn("task_elsewhere", entry.at("key"), key=key[:60])
        entry.ignore(*_FIELDS)
        return Task(index, key=key)
    return read_task(
        entry,
        index=index,
        name=entry.text("name", required=True),
        during_scoring=entry.flag("ingestion_only_during_scoring", default=False),
        shelf=shelf,
    )


def _task_bundle(entry: Section, index: int, shelf: Shelf) -> Task:
    """A task that lies in the competition as a bundle of its own: a zip or a folder with task.yaml."""
    with shelf.task(entry.raw("path"), place=entry.at("path")) as found:
        return read_task_file(found[1], found[0], index=index) if found else Task(index)


def read_task_file(section: Section, shelf: Shelf, *, index: int) -> Task:
    """A task as its task.yaml says it, where name and description are both required."""
    section.text("description", required=True)
    task = read_task(
        section,
        index=index,
        name=section.text("name", required=True),
        during_scoring=section.flag("ingestion_only_during_scoring", default=False),
        shelf=shelf,
    )
    section.close()
    return task


def read_task(entry: Section, *, index: int, name: str, during_scoring: bool, shelf: Shelf) -> Task:
    """The files of a task, which all versions name alike."""
    scoring = _program(entry, "scoring_program", "scoring", shelf)
    if entry.raw("scoring_program") in (None, ""):
        shelf.notes.fault("required_missing", entry.at("scoring_program"))
    return Task(
        index=index,
        name=name,
        description=entry.text("description"),
        is_public=entry.flag("is_public", default=False),
        scoring_program=scoring,
        ingestion_program=_program(
            entry,
            "ingestion_program",
            "ingestion_during_scoring" if during_scoring else "ingestion",
            shelf,
        ),
        reference_data=_task_data(entry, "reference_data", shelf),
        input_data=_task_data(entry, "input_data", shelf),
        ingestion_only_during_scoring=during_scoring,
    )


def read_data(entry: Section, key: str, shelf: Shelf) -> Files | None:
    return shelf.data(entry.raw(key), place=entry.at(key))


def _task_data(entry: Section, key: str, shelf: Shelf) -> Files | None:
    """A file of a task: a path as in a competition, or `zip: file` or `key: UUID` as in a task bundle."""
    if not isinstance(entry.raw(key), dict):
        return read_data(entry, key, shelf)
    listed = entry.section(key)
    return _listed(listed, shelf) if listed else None


def _listed(listed: Section, shelf: Shelf) -> Files | None:
    """None with a fault where nothing here is named: no key leads to a data set of this installation."""
    found = None
    key = listed.text("key")
    if listed.raw("zip") not in (None, ""):
        found = shelf.packed(listed.raw("zip"), place=listed.at("zip"))
        if key:
            shelf.notes.warn("key_ignored", listed.at("key"))
    elif key:
        shelf.notes.fault("key_elsewhere", listed.at("key"), key=key[:60])
    else:
        shelf.notes.fault("zip_or_key_missing", listed.place)
    listed.close()
    return found


def _program(entry: Section, key: str, role: Role, shelf: Shelf) -> Program | None:
    files = _task_data(entry, key, shelf)
    return read_program(files, role=role, shelf=shelf, place=entry.at(key)) if files else None


def read_solutions(section: Section, shelf: Shelf, *, known: set[int]) -> tuple[Solution, ...]:
    solutions = []
    for at, entry in enumerate(section.sections("solutions")):
        key = "path" if entry.has("path") else "key"
        files = read_data(entry, key, shelf)
        if files is None:
            shelf.notes.fault("required_missing", entry.at("path"))
            continue
        solutions.append(
            Solution(
                index=entry.number("index", default=at),
                tasks=read_task_indexes(entry, known=known),
                files=files,
                name=entry.text("name"),
                description=entry.text("description"),
            )
        )
        entry.close()
    return tuple(solutions)


def read_task_indexes(entry: Section, *, known: set[int]) -> tuple[int, ...]:
    """The tasks a phase or a solution names; each must be there."""
    indexes = []
    for at, value in enumerate(entry.items("tasks")):
        index = whole_number(value)
        if index is None or index not in known:
            entry.notes.fault("task_unknown", f"{entry.at('tasks')}[{at}]", index=str(value)[:60])
        elif index not in indexes:
            indexes.append(index)
    return tuple(indexes)
