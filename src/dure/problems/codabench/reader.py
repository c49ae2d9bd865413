"""Reads a bundle of any version into values, with all its faults at once."""

import dataclasses
from pathlib import Path
from typing import Final, cast

from dure.problems.codabench.archive import Archive, opened
from dure.problems.codabench.boards import read_fact_sheet, read_leaderboards
from dure.problems.codabench.fields import Section
from dure.problems.codabench.legacy import (
    IGNORED_ON_TOP,
    read_legacy_boards,
    read_legacy_pages,
    read_legacy_phases,
)
from dure.problems.codabench.limits import DEFAULT_LIMITS, Limits
from dure.problems.codabench.manifest import COMPETITION, TASK, find_manifest, read_manifest
from dure.problems.codabench.model import (
    Bundle,
    BundleReport,
    Dialect,
    Options,
    Page,
    all_files,
)
from dure.problems.codabench.notes import Notes
from dure.problems.codabench.pages import NO_FILE, read_image, read_pages, read_terms
from dure.problems.codabench.phases import check_answers, check_phases, read_phases
from dure.problems.codabench.plan import planned
from dure.problems.codabench.shelf import Shelf
from dure.problems.codabench.source import ZipSource
from dure.problems.codabench.tasks import read_solutions, read_task_file, read_tasks

_LEGACY: Final = {"1": "1", "1.0": "1", "1.5": "1.5", "1.8": "1.8"}
_TYPES: Final = ("competition", "benchmark")
_DEFAULT_IMAGE: Final = "codalab/codalab-legacy:py37"


def read_bundle(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> BundleReport:
    """Reads the zip at `path`: version 2, 1, 1.5 and 1.8 as if they had been written in 2, or a single task.

    Nothing is unpacked. The report holds every fault, every oddity met, and everything an import would
    create. Its bundle reads from `path` later on, so keep the zip while you use it. Raises OSError where
    the path itself cannot be read.
    """
    notes = Notes()
    if path.stat().st_size > limits.archive_bytes:
        notes.fault("archive_too_large", limit=limits.archive_bytes)
        return BundleReport(None, notes.faults, notes.warnings, [])
    with path.open("rb") as stream, opened(stream, limits=limits, notes=notes, place=None) as archive:
        read = _read(archive, path=path, limits=limits, notes=notes) if archive else None
    if read is None:
        return BundleReport(None, notes.faults, notes.warnings, [])
    bundle, dialect = read
    accepted = None if notes.faults else bundle
    return BundleReport(accepted, notes.faults, notes.warnings, planned(bundle), dialect)


def _read(archive: Archive, *, path: Path, limits: Limits, notes: Notes) -> tuple[Bundle, Dialect] | None:
    found = find_manifest(archive, (COMPETITION, TASK), notes=notes)
    section = read_manifest(archive, found, limits=limits, notes=notes) if found else None
    if found is None or section is None:
        return None
    dialect: Dialect | None = "task" if found.name == TASK else _dialect(section)
    if dialect is None:
        return None
    shelf = Shelf.of(archive, found, limits=limits, notes=notes)
    bundle, dialect = _in_dialect(section, shelf, dialect)
    source = ZipSource(path, found.root, limits, _digests(bundle))
    return dataclasses.replace(bundle, source=source), dialect


def _in_dialect(section: Section, shelf: Shelf, dialect: Dialect) -> tuple[Bundle, Dialect]:
    if dialect == "task":
        return _single_task(section, shelf), dialect
    return (_version_2(section, shelf), dialect) if dialect == "2" else _legacy(section, shelf, dialect)


def _single_task(section: Section, shelf: Shelf) -> Bundle:
    """A task bundle on its own: a challenge of one task, without pages, terms, phases or boards."""
    task = read_task_file(section, shelf, index=0)
    return Bundle(task.name, Page("terms", NO_FILE), description=task.description, tasks=(task,))


def _dialect(section: Section) -> Dialect | None:
    """Version 2 says so; without a version it is 1, unless the phases are a list that names tasks, as only 2 has."""
    version = section.raw("version")
    if version is None and section.has("tasks") and section.has("phases"):
        section.notes.warn("version_guessed", "version")
        return "2"
    written = str(version if version is not None else "1").strip()
    if written in ("2", "2.0"):
        return "2"
    if written not in _LEGACY:
        section.notes.fault("version_unknown", "version", version=written[:60])
        return None
    section.notes.warn("version_old", "version", version=_LEGACY[written])
    return cast("Dialect", _LEGACY[written])


def _version_2(section: Section, shelf: Shelf) -> Bundle:
    terms = read_terms(section.raw("terms"), shelf=shelf, place="terms")
    pages = read_pages(section, shelf)
    tasks = read_tasks(section, shelf)
    if not tasks:
        shelf.notes.fault("required_missing", "tasks")
    known = {task.index for task in tasks}
    placed = read_phases(section, shelf, known=known)
    if not section.has("phases"):
        shelf.notes.fault("required_missing", "phases")
    check_phases(placed, shelf.notes)
    check_answers(placed, tasks, shelf.notes)
    bundle = dataclasses.replace(
        _common(section, shelf, terms),
        pages=pages,
        docker_image=section.text("docker_image", default=_DEFAULT_IMAGE) or _DEFAULT_IMAGE,
        fact_sheet=read_fact_sheet(section),
        tasks=tasks,
        phases=tuple(phase for _, phase in placed),
        solutions=read_solutions(section, shelf, known=known),
        leaderboards=read_leaderboards(section),
    )
    section.close()
    return bundle


def _common(section: Section, shelf: Shelf, terms: Page) -> Bundle:
    """What all versions say alike."""
    if section.raw("queue") not in (None, ""):
        shelf.notes.warn("queue_ignored", "queue")
    return Bundle(
        title=section.text("title", required=True),
        terms=terms,
        description=section.text("description"),
        image=read_image(section, shelf),
        reward=section.text("reward"),
        contact_email=section.text("contact_email"),
        competition_type=section.choice("competition_type", choices=_TYPES, default="competition"),
        options=Options(
            **{
                name: section.flag(name, default=value)
                for name, value in dataclasses.asdict(Options()).items()
            }
        ),
    )


def _legacy(section: Section, shelf: Shelf, dialect: Dialect) -> tuple[Bundle, Dialect]:
    terms, pages = read_legacy_pages(section, shelf)
    placed, tasks, in_parallel = read_legacy_phases(section, shelf)
    check_phases(placed, shelf.notes)
    check_answers(placed, tasks, shelf.notes)
    common = _common(section, shelf, terms)
    approve = not section.flag("has_registration", default=True)
    bundle = dataclasses.replace(
        common,
        pages=pages,
        docker_image=section.text("competition_docker_image", default=_DEFAULT_IMAGE) or _DEFAULT_IMAGE,
        options=dataclasses.replace(common.options, registration_auto_approve=approve),
        tasks=tasks,
        phases=tuple(phase for _, phase in placed),
        leaderboards=read_legacy_boards(section),
    )
    section.ignore(*IGNORED_ON_TOP)
    section.close()
    return bundle, "1.8" if in_parallel else dialect


def _digests(bundle: Bundle) -> dict[str, str]:
    """Members that may be opened; the zips that hold some of them are copied whole and have no digest of their own."""
    digests: dict[str, str] = {}
    for files in all_files(bundle):
        digests.update((entry.member, entry.sha256) for entry in files.entries)
        if files.kind == "zip":
            digests[files.path] = ""
    return digests
