"""Reads a bundle of any version into values, with all its faults at once."""

import dataclasses
from pathlib import Path
from typing import Final, cast

from dure.problems.codabench.archive import Archive, ReadingStoppedError, opened, shown
from dure.problems.codabench.boards import read_fact_sheet, read_leaderboards
from dure.problems.codabench.fields import Section
from dure.problems.codabench.legacy import (
    IGNORED_ON_TOP,
    read_legacy_boards,
    read_legacy_pages,
    read_legacy_phases,
)
from dure.problems.codabench.limits import DEFAULT_LIMITS, Limits
from dure.problems.codabench.model import (
    Bundle,
    BundleReport,
    Dialect,
    Options,
    Page,
    all_files,
)
from dure.problems.codabench.notes import Notes
from dure.problems.codabench.pages import read_image, read_pages, read_terms
from dure.problems.codabench.phases import check_answers, check_phases, read_phases
from dure.problems.codabench.plan import planned
from dure.problems.codabench.shelf import Shelf, copied, decoded
from dure.problems.codabench.source import ZipSource
from dure.problems.codabench.tasks import read_solutions, read_tasks
from dure.problems.codabench.yaml_safe import load_yaml

MANIFEST: Final = "competition.yaml"
_LEGACY: Final = {"1": "1", "1.0": "1", "1.5": "1.5", "1.8": "1.8"}
_TYPES: Final = ("competition", "benchmark")
_DEFAULT_IMAGE: Final = "codalab/codalab-legacy:py37"


def read_bundle(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> BundleReport:
    """Reads the zip at `path`: version 2, and 1, 1.5 and 1.8 as if they had been written in 2.

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
    root = _root(archive, notes)
    section = _manifest(archive, root, limits=limits, notes=notes) if root is not None else None
    if root is None or section is None:
        return None
    dialect = _dialect(section)
    if dialect is None:
        return None
    shelf = Shelf(archive, root=root, limits=limits, notes=notes)
    bundle, dialect = (
        (_version_2(section, shelf), dialect) if dialect == "2" else _legacy(section, shelf, dialect)
    )
    source = ZipSource(path, root, limits, _digests(bundle))
    return dataclasses.replace(bundle, source=source), dialect


def _root(archive: Archive, notes: Notes) -> str | None:
    """The folder of the manifest: the top, or the one folder that repository downloads wrap around everything."""
    if MANIFEST in archive.files:
        return ""
    nested = [name for name in archive.files if name.count("/") == 1 and name.endswith(f"/{MANIFEST}")]
    roots = [name.split("/")[0] for name in nested]
    if len(roots) == 1:
        notes.warn("wrapper_folder", folder=shown(roots[0]))
        return roots[0]
    if roots:
        notes.fault("manifest_ambiguous", count=len(roots))
    else:
        notes.fault("manifest_missing", name=MANIFEST)
    return None


def _manifest(archive: Archive, root: str, *, limits: Limits, notes: Notes) -> Section | None:
    name = f"{root}/{MANIFEST}" if root else MANIFEST
    if archive.files[name].file_size > limits.yaml_bytes:
        notes.fault("yaml_too_large", MANIFEST, limit=limits.yaml_bytes)
        return None
    try:
        with copied(archive, name, limits=limits) as stream:
            raw = stream.read()
    except ReadingStoppedError:
        notes.fault("entry_damaged", MANIFEST, name=MANIFEST)
        return None
    before = len(notes.faults)
    value = load_yaml(decoded(raw, place=MANIFEST, notes=notes), limits=limits, notes=notes, place=MANIFEST)
    if isinstance(value, dict):
        return Section(value, "", notes)
    if len(notes.faults) == before:
        notes.fault("yaml_not_mapping", MANIFEST)
    return None


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
