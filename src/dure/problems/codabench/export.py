"""Writes a bundle as version 2, or as a single task, so that reading it again gives an equal bundle."""

import dataclasses
import io
import shutil
import zipfile
from collections.abc import Callable
from typing import IO, Any, Final

import yaml

from dure.problems.codabench.manifest import COMPETITION, TASK
from dure.problems.codabench.model import (
    Bundle,
    Column,
    Files,
    Leaderboard,
    Phase,
    Program,
    Question,
    Solution,
    Task,
    all_files,
)
from dure.problems.codabench.shelf import INSIDE

_MADE: Final = (1980, 1, 1, 0, 0, 0)
_PACKED_UP_TO: Final = 16 * 1024 * 1024
"""Larger files are stored as they are: a long table of zeros would shrink past the ratio that readers refuse."""


def export_bundle(bundle: Bundle) -> bytes:
    """The zip of a bundle; the same bundle gives the same bytes. Raises Faulty where its source changed."""
    stream = io.BytesIO()
    write_bundle(bundle, stream)
    return stream.getvalue()


def write_bundle(bundle: Bundle, stream: IO[bytes]) -> None:
    """Like `export_bundle`, for bundles too large for memory."""
    name, said = (COMPETITION, _manifest(bundle)) if bundle.phases else (TASK, _task_file(bundle.tasks[0]))
    manifest = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_info(name), manifest)
        members, folders = _members(bundle)
        for folder in folders:
            archive.writestr(_info(f"{folder}/"), b"")
        if members:
            with bundle.reading() as open_member:
                for member, size in sorted(members.items()):
                    _copy(archive, member, size, open_member)


def _members(bundle: Bundle) -> tuple[dict[str, int], list[str]]:
    """Files to copy with their sizes (a zip as a whole, with the sum of what it holds), and folders that hold none."""
    members: dict[str, int] = {}
    empty: set[str] = set()
    for files in all_files(bundle):
        if files.kind == "zip":
            members[files.path] = files.size
        else:
            members.update((entry.member, entry.size) for entry in files.entries)
        if files.kind == "folder" and not files.entries:
            empty.add(files.path)
    return members, sorted(empty)


def _copy(archive: zipfile.ZipFile, member: str, size: int, open_member: Callable[[str], IO[bytes]]) -> None:
    info = _info(_beside(member))
    info.compress_type = (
        zipfile.ZIP_STORED if size > _PACKED_UP_TO or member.endswith(".zip") else zipfile.ZIP_DEFLATED
    )
    with open_member(member) as source:
        info.file_size = source.seek(0, io.SEEK_END)
        source.seek(0)
        with archive.open(info, "w") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MADE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (0o040755 << 16) | 0x10 if name.endswith("/") else 0o100644 << 16
    return info


def _manifest(bundle: Bundle) -> dict[str, Any]:
    return {
        "version": 2,
        "title": bundle.title,
        "description": bundle.description,
        **_given(image=_path(bundle.image)),
        "terms": bundle.terms.files.path,
        "reward": bundle.reward,
        "contact_email": bundle.contact_email,
        "competition_type": bundle.competition_type,
        "docker_image": bundle.docker_image,
        **dataclasses.asdict(bundle.options),
        "pages": [{"title": page.title, "file": page.files.path} for page in bundle.pages],
        "fact_sheet": {question.key: _question(question) for question in bundle.fact_sheet},
        "tasks": [_task(task) for task in bundle.tasks],
        "solutions": [_solution(solution) for solution in bundle.solutions],
        "phases": [_phase(phase, index) for index, phase in enumerate(bundle.phases)],
        "leaderboards": [_board(board) for board in bundle.leaderboards],
    }


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _path(files: Files | Program | None) -> str | None:
    if isinstance(files, Program):
        files = files.files
    return _beside(files.path) if files is not None else None


def _beside(member: str) -> str:
    """Where a file goes: the zips of a task bundle come to lie in a folder named like it."""
    return member.replace(f".zip{INSIDE}", "/")


def _question(question: Question) -> dict[str, Any]:
    selections: dict[str, Any] = {"checkbox": [True, False], "text": ""}
    return {
        "key": question.key,
        "type": question.type,
        "title": question.title,
        "selection": selections.get(question.type, list(question.selection)),
        "is_required": str(question.is_required).lower(),
        "is_on_leaderboard": str(question.is_on_leaderboard).lower(),
    }


def _task(task: Task) -> dict[str, Any]:
    if task.key:
        return {"index": task.index, "key": task.key}
    return {
        "index": task.index,
        "name": task.name,
        "description": task.description,
        "is_public": task.is_public,
        "ingestion_only_during_scoring": task.ingestion_only_during_scoring,
        **_given(
            scoring_program=_path(task.scoring_program),
            ingestion_program=_path(task.ingestion_program),
            reference_data=_path(task.reference_data),
            input_data=_path(task.input_data),
        ),
    }


def _task_file(task: Task) -> dict[str, Any]:
    """A single task as its own task.yaml: zips by `zip`, anything else by its path."""
    written = _task(task)
    for key in ("scoring_program", "ingestion_program", "reference_data", "input_data"):
        if str(written.get(key, "")).lower().endswith(".zip"):
            written[key] = {"zip": written[key]}
    return {key: value for key, value in written.items() if key != "index"}


def _solution(solution: Solution) -> dict[str, Any]:
    return {
        "index": solution.index,
        "tasks": list(solution.tasks),
        "key" if solution.files.kind == "elsewhere" else "path": solution.files.path,
        "name": solution.name,
        "description": solution.description,
    }


def _phase(phase: Phase, index: int) -> dict[str, Any]:
    """Dates go out as text in UTC: Codabench would cut the time of day off a bare timestamp."""
    return {
        "index": index,
        "name": phase.name,
        "description": phase.description,
        "start": phase.start.isoformat(),
        **_given(end=phase.end.isoformat() if phase.end else None),
        "tasks": list(phase.tasks),
        "max_submissions": phase.max_submissions or 0,
        "max_submissions_per_day": phase.max_submissions_per_day or 0,
        "execution_time_limit": phase.execution_time_limit,
        "auto_migrate_to_this_phase": phase.auto_migrate,
        "hide_output": phase.hide_output,
        "hide_prediction_output": phase.hide_prediction_output,
        "hide_score_output": phase.hide_score_output,
        "accepts_only_result_submissions": phase.accepts_only_result_submissions,
        **_given(starting_kit=_path(phase.starting_kit), public_data=_path(phase.public_data)),
    }


def _board(board: Leaderboard) -> dict[str, Any]:
    return {
        "title": board.title,
        "key": board.key,
        "submission_rule": board.submission_rule,
        "hidden": board.hidden,
        "primary_index": board.primary_index,
        "columns": [_column(column) for column in board.columns],
    }


def _column(column: Column) -> dict[str, Any]:
    written = {
        "title": column.title,
        "key": column.key,
        "index": column.index,
        "sorting": column.sorting,
        "precision": column.precision,
        "hidden": column.hidden,
    }
    if column.computation:
        written["computation"] = column.computation
    if column.computation_indexes:
        written["computation_indexes"] = list(column.computation_indexes)
    return written
