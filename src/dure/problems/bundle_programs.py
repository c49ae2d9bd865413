"""How the programs of a Codabench bundle become a challenge that they score, unchanged."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import IO, Any

from dure.engines.faults import Fault, Faulty
from dure.engines.judging import pack
from dure.foundation import files
from dure.people import api as people
from dure.problems.actions import hidden, programs
from dure.problems.codabench import Bundle, Column, Files, Program, Task
from dure.problems.models import Challenge

Opener = Callable[[str], IO[bytes]]


def is_runnable(bundle: Bundle) -> bool:
    """Whether the task that decides has a program with a command, and data to score against."""
    task = deciding(bundle)
    return bool(task and task.scoring_program and task.scoring_program.words and task.reference_data)


def deciding(bundle: Bundle) -> Task | None:
    """The last task of the last phase: what is final in the format. Without phases the only one."""
    wanted = bundle.phases[-1].tasks[-1:] if bundle.phases else ()
    found = [task for task in bundle.tasks if not wanted or task.index == wanted[0]]
    return found[-1] if found else None


def shown(bundle: Bundle) -> Task | None:
    """The first task of the first phase: what teams see scores of while they work."""
    wanted = bundle.phases[0].tasks[:1] if bundle.phases else ()
    return next((task for task in bundle.tasks if not wanted or task.index == wanted[0]), None)


def put(*, by: people.Person, challenge: Challenge, bundle: Bundle) -> None:
    """Put program, reference data and, where code is handed in, ingestion program and inputs in force. Raises Faulty."""
    task, column = deciding(bundle), primary(bundle)
    if task is None or task.scoring_program is None or task.reference_data is None or column is None:
        raise Faulty([Fault("bundle_not_runnable")])
    with bundle.reading() as opener:
        seen = shown(bundle) or task
        _scoring(by, challenge, task.scoring_program, column, opener, by_phase=seen.index != task.index)
        _reference(by, challenge, task, seen, opener)
        if _takes_code(bundle, task) and task.ingestion_program is not None:
            _code(by, challenge, bundle, {"private": task, "public": seen}, opener)


def primary(bundle: Bundle) -> Column | None:
    """The column of the first board that ranks first."""
    for board in bundle.leaderboards[:1]:
        wanted = [column for column in board.columns if column.index == board.primary_index]
        return next(iter(wanted or board.columns), None)
    return None


def _takes_code(bundle: Bundle, task: Task) -> bool:
    results_only = any(phase.accepts_only_result_submissions for phase in bundle.phases)
    return bool(task.ingestion_program and task.ingestion_program.words and not results_only)


def _scoring(
    by: people.Person,
    challenge: Challenge,
    program: Program,
    column: Column,
    opener: Opener,
    *,
    by_phase: bool,
) -> None:
    direction: programs.Direction = "lower" if column.sorting == "asc" else "higher"
    parameters = {**_kept(program, opener), "key": column.key, "direction": direction, "by_phase": by_phase}
    programs.put_in_force(by=by, challenge=challenge, parameters=parameters)


def _kept(program: Program, opener: Opener) -> dict[str, Any]:
    return {"program": _archive(program.files, opener), "words": list(program.words)}


def _reference(
    by: people.Person, challenge: Challenge, task: Task, public: Task | None, opener: Opener
) -> None:
    """One task alone is what teams see and what decides, as the format has it; the host reads so and may change it."""
    private = _archive(task.reference_data, opener)
    seen = _archive(public.reference_data, opener) if public and public.reference_data else private
    programs.put_versions(by=by, challenge=challenge, private=private, public=seen)


def _code(
    by: people.Person, challenge: Challenge, bundle: Bundle, tasks: Mapping[str, Task], opener: Opener
) -> None:
    """The program that runs code, and the inputs of each part; the same for both where one task is all there is."""
    seconds = max((phase.execution_time_limit for phase in bundle.phases), default=600)
    minutes = max(1, min(24 * 60, round(seconds / 60)))
    hidden.choose(by=by, challenge=challenge, takes="code", code_minutes=minutes, trial_rows=0)
    if (program := tasks["private"].ingestion_program) is not None:
        parameters = challenge.metric_parameters | {"ingestion": _kept(program, opener)}
        programs.put_in_force(by=by, challenge=challenge, parameters=parameters)
    is_one = tasks["private"].index == tasks["public"].index
    for part, task in {"": tasks["private"]}.items() if is_one else tasks.items():
        for entry in task.input_data.entries if task.input_data else ():
            with opener(entry.member) as stream:
                hidden.put(by=by, challenge=challenge, filename=entry.path, stream=stream, part=part)


def _archive(found: Files | None, opener: Opener) -> str:
    """The files as a zip of ours, by their paths; the hash of it."""
    entries = sorted(found.entries, key=lambda entry: entry.path) if found else ()
    with files.scratch() as out:
        pack(((entry.path, partial(opener, entry.member)) for entry in entries), out)
        return files.put_scratch(out).sha256
