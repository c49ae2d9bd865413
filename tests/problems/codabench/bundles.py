"""Bundles of our own making, one for each dialect met in real ones."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from dure.problems.codabench import Bundle, BundleReport, read_bundle

Content = bytes | str

SCORING = {
    "scoring_program/metadata.yaml": "command: python3 scoring.py\ndescription: Counts hits\n",
    "scoring_program/scoring.py": "print('score')\n",
}
DATA = {"reference_data/answers.csv": "id,label\n1,cat\n", "input_data/rows.csv": "id,x\n1,0.5\n"}
FILES: dict[str, Content] = {
    "logo.png": b"\x89PNG not really",
    "terms.md": "# 약관\nBe fair.",
    "overview.md": "# Overview\nWhat hurts.",
    **SCORING,
    **DATA,
}


def zipped(files: Mapping[str, Content]) -> bytes:
    """A plain zip of names and contents, in that order; a name that ends with a slash is a folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def manifest(**changes: Any) -> dict[str, Any]:
    """A small version 2 competition without an oddity; `changes` replace top-level keys, None removes one."""
    base: dict[str, Any] = {
        "version": 2,
        "title": "Strength of concrete",
        "image": "logo.png",
        "terms": "terms.md",
        "pages": [{"title": "Overview", "file": "overview.md"}],
        "tasks": [task()],
        "phases": [phase()],
        "leaderboards": [board()],
    }
    return {key: value for key, value in {**base, **changes}.items() if value is not None}


def task(**changes: Any) -> dict[str, Any]:
    base = {
        "index": 0,
        "name": "Strength",
        "scoring_program": "scoring_program",
        "reference_data": "reference_data/",
        "input_data": "input_data",
    }
    return {**base, **changes}


def phase(**changes: Any) -> dict[str, Any]:
    base = {"index": 0, "name": "Only", "start": "2026-01-01T00:00:00Z", "tasks": [0]}
    return {**base, **changes}


def board(**changes: Any) -> dict[str, Any]:
    base = {"title": "Results", "key": "main", "columns": [column()]}
    return {**base, **changes}


def column(**changes: Any) -> dict[str, Any]:
    return {"title": "RMSE", "key": "rmse", "index": 0, "sorting": "asc", **changes}


def legacy_text(*, phases: str, columns: str | None = None, extra: str = "") -> str:
    """A version 1 competition as text, since its anchors and aliases are part of the dialect."""
    return f"""
title: Old competition
description: From before
image: logo.png
has_registration: False
competition_docker_image: ''
admin_names: [someone]
html:
  overview: overview.md
  get_starting: overview.md
  terms: terms.md
{extra}
phases:
{phases}
leaderboard:
  leaderboards:
    RESULTS: &RESULTS
      label: Results
      rank: 1
  columns:
{columns or LEGACY_COLUMNS}
"""


LEGACY_COLUMNS = """
    duration:
      leaderboard: *RESULTS
      label: Duration
      rank: 2
      sort: asc
      numeric_format: 0
    Score:
      leaderboard: *RESULTS
      label: Score
      rank: 1
      numeric_format: "4"
"""

LEGACY_PHASE = """
  {number}:
    phasenumber: {number}
    label: Phase {number}
    start_date: {start}
    scoring_program: scoring_program
    reference_data: reference_data
    max_submissions_per_day: 3
    color: purple
    {extra}
"""


def legacy_phase(number: int, start: str, extra: str = "auto_migration: False") -> str:
    return LEGACY_PHASE.format(number=number, start=start, extra=extra)


SCORER = zipped({"metadata.yaml": "command: python3 score.py", "score.py": "print(1)"})
INNER: dict[str, Content] = {
    "scoring.zip": SCORER,
    "answers.zip": zipped({"answers.csv": "id,label\n1,cat\n"}),
    "inputs.zip": zipped({"rows.csv": "id,x\n1,0.5\n"}),
}


def task_said(**changes: Any) -> dict[str, Any]:
    """A task.yaml without an oddity; None takes a key out."""
    base = {
        "name": "Strength",
        "description": "From the mix",
        "is_public": True,
        "scoring_program": {"zip": "scoring.zip"},
        "reference_data": {"zip": "answers.zip"},
        "input_data": {"zip": "inputs.zip"},
    }
    return {key: value for key, value in {**base, **changes}.items() if value is not None}


def task_files(files: dict[str, Content] | None = None, **changes: Any) -> dict[str, Content]:
    return {"task.yaml": yaml.safe_dump(task_said(**changes), allow_unicode=True), **INNER, **(files or {})}


class Reader:
    """Writes bundles into a folder of the test and reads them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def path(self, raw: bytes) -> Path:
        self._count += 1
        path = self._folder / f"bundle-{self._count}.zip"
        path.write_bytes(raw)
        return path

    def raw(self, raw: bytes, **limits: Any) -> BundleReport:
        return read_bundle(self.path(raw), **limits)

    def files(self, files: Mapping[str, Content], **limits: Any) -> BundleReport:
        return self.raw(zipped(files), **limits)

    def text(self, text: str, files: Mapping[str, Content] | None = None) -> BundleReport:
        return self.files({"competition.yaml": text, **(FILES if files is None else files)})

    def __call__(self, files: Mapping[str, Content] | None = None, /, **changes: Any) -> BundleReport:
        text = yaml.safe_dump(manifest(**changes), allow_unicode=True, sort_keys=False)
        return self.text(text, {**FILES, **(files or {})})


def accepted(report: BundleReport) -> Bundle:
    assert report.faults == []
    assert report.bundle is not None
    return report.bundle


def faults(report: BundleReport) -> set[tuple[str, str | None]]:
    assert report.bundle is None or not report.faults
    return {(fault.code, fault.place) for fault in report.faults}


def warned(report: BundleReport) -> set[tuple[str, str | None]]:
    return {(warning.code, warning.place) for warning in report.warnings}
