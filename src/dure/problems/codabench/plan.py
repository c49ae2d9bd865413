"""What an import would create, one line each, for a person to read before it happens."""

from collections.abc import Iterator

from dure.problems.codabench.model import Bundle, Files, Phase, Planned, Task


def planned(bundle: Bundle) -> list[Planned]:
    """Everything a bundle holds, in the order of its file: the challenge, its texts, phases, tasks and data, boards."""
    return [
        Planned("challenge", bundle.title, "title", {"type": bundle.competition_type}),
        *_files("image", "image", bundle.image),
        *_terms(bundle),
        *_pages(bundle),
        *(line for at, task in enumerate(bundle.tasks) for line in _task(task, f"tasks[{at}]")),
        *(line for at, phase in enumerate(bundle.phases) for line in _phase(phase, f"phases[{at}]")),
        *_boards(bundle),
        *(
            Planned("question", question.title, f"fact_sheet.{question.key}", {"type": question.type})
            for question in bundle.fact_sheet
        ),
        *(
            line
            for at, solution in enumerate(bundle.solutions)
            for line in _files("solution", f"solutions[{at}]", solution.files)
        ),
    ]


def _terms(bundle: Bundle) -> Iterator[Planned]:
    """A single task has none."""
    if bundle.terms.files.path:
        yield Planned("terms", bundle.terms.files.path, "terms", {"characters": len(bundle.terms.text)})


def _pages(bundle: Bundle) -> Iterator[Planned]:
    for at, page in enumerate(bundle.pages):
        details = {"format": page.format, "characters": len(page.text), "state": page.files.kind}
        yield Planned("page", page.title, f"pages[{at}]", details)


def _files(kind: str, place: str, files: Files | None) -> Iterator[Planned]:
    if files is not None:
        details = {"files": len(files.entries), "bytes": files.size, "state": files.kind}
        yield Planned(kind, files.path, place, details)


def _task(task: Task, place: str) -> Iterator[Planned]:
    yield Planned("task", task.name or task.key, place, {"index": task.index})
    for key, program in (
        ("scoring_program", task.scoring_program),
        ("ingestion_program", task.ingestion_program),
    ):
        if program is not None:
            details = {"files": len(program.files.entries), "bytes": program.files.size}
            state = {"command": " ".join(program.words), "state": program.files.kind}
            yield Planned(key, program.files.path, f"{place}.{key}", {**details, **state})
    yield from _files("reference_data", f"{place}.reference_data", task.reference_data)
    yield from _files("input_data", f"{place}.input_data", task.input_data)


def _phase(phase: Phase, place: str) -> Iterator[Planned]:
    details: dict[str, str | int] = {
        "start": phase.start.isoformat(),
        "end": phase.end.isoformat() if phase.end else "",
        "tasks": len(phase.tasks),
        "max_submissions": phase.max_submissions or 0,
        "max_submissions_per_day": phase.max_submissions_per_day or 0,
    }
    yield Planned("phase", phase.name, place, details)
    yield from _files("starting_kit", f"{place}.starting_kit", phase.starting_kit)
    yield from _files("public_data", f"{place}.public_data", phase.public_data)


def _boards(bundle: Bundle) -> Iterator[Planned]:
    for at, board in enumerate(bundle.leaderboards):
        place = f"leaderboards[{at}]"
        yield Planned("leaderboard", board.title, place, {"rule": board.submission_rule})
        for number, column in enumerate(board.columns):
            details = {"key": column.key, "sorting": column.sorting}
            yield Planned("column", column.title, f"{place}.columns[{number}]", details)
