"""The file of a report: what was audited and when, the engine's record of what was found, and how many would be needed.

Canonical JSON as the engine writes its own. The file's SHA-256 is what a page shows: whoever has the file checks it with any tool.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final

from dure.engines import fairness
from dure.foundation.faults import Fault, Faulty

FORMAT: Final = "dure-audit-1"


@dataclass(frozen=True, slots=True)
class About:
    """What was audited. `made_at` is ISO 8601 in UTC."""

    kind: str
    uid: str
    title_ko: str
    title_en: str
    organisation: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Predictions:
    """Of how many people it is known what was predicted when they asked for a seat, and of how many not."""

    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A file read again. `needed` maps a table's attributes, joined by a comma, to people; without an entry no number is known.

    `predictions` is None in files from before they were counted. `figures_sha256` is the hash that the engine gave what was found.
    """

    about: About
    report: fairness.Report
    needed: dict[str, int]
    predictions: Predictions | None
    figures_sha256: str


def written(about: About, report: fairness.Report, predictions: Predictions) -> bytes:
    """The file of a report."""
    whole = {
        "format": FORMAT,
        "about": asdict(about),
        "needed": _needed(report),
        "predictions": asdict(predictions),
        "found": json.loads(fairness.recorded(report)),
    }
    return _canonical(whole)


def read(content: bytes) -> Kept:
    """What a file says. Raises Faulty where it is none of ours, or its figures were changed."""
    try:
        whole = json.loads(content)
        if whole["format"] != FORMAT:
            raise Faulty([Fault("fairness_record_unreadable")])
        found = _canonical(whole["found"])
        report = fairness.read_record(found)
        counted = Predictions(**whole["predictions"]) if "predictions" in whole else None
        about, needed = About(**whole["about"]), dict(whole["needed"])
        return Kept(about, report, needed, counted, fairness.hash_of(found))
    except (KeyError, TypeError, ValueError) as error:
        raise Faulty([Fault("fairness_record_unreadable")]) from error


def hash_of(content: bytes) -> str:
    """The SHA-256 by which a file is named, in hexadecimal digits."""
    return sha256(content).hexdigest()


def _needed(report: fairness.Report) -> dict[str, int]:
    few = [table for table in report.tables if table.verdict == fairness.Verdict.TOO_FEW]
    found = {",".join(table.attributes): fairness.people_needed(report, table) for table in few}
    return {name: people for name, people in found.items() if people is not None}


def _canonical(whole: Any) -> bytes:
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
