"""What came of a run, as a file that travels from a cluster's node to the runner. Free of Django."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from dure.engines.faults import Fault
from dure.engines.judging import exception_in
from dure.engines.sandbox import CollectedFile, Outcome

TRACEBACK: Final = b"Traceback (most recent call last):\n"


def sealed(outcome: Outcome) -> Outcome:
    """Without anything that the program said, but for the type of the exception that ended it."""
    kind = exception_in(outcome.stderr)
    return replace(outcome, stdout=b"", stderr=TRACEBACK + kind.encode() if kind else b"")


def as_json(outcome: Outcome | None, faults: tuple[Fault, ...]) -> str:
    """No outcome: nothing of the program ran, and `faults` says why."""
    values = asdict(outcome) if outcome else None
    if values:
        values["stdout"], values["stderr"] = (
            b64encode(values[name]).decode() for name in ("stdout", "stderr")
        )
    return json.dumps({"outcome": values, "faults": [asdict(fault) for fault in faults]})


def of_json(text: str) -> tuple[Outcome | None, tuple[Fault, ...]]:
    """Raises ValueError, KeyError or TypeError for what no node wrote."""
    kept = json.loads(text)
    faults = tuple(Fault(**fault) for fault in kept["faults"])
    return (_outcome(kept["outcome"]) if kept["outcome"] else None), faults


def _outcome(values: dict[str, Any]) -> Outcome:
    values["stdout"], values["stderr"] = (b64decode(values[name]) for name in ("stdout", "stderr"))
    values["files"] = tuple(CollectedFile(**one) for one in values["files"])
    values["faults"] = tuple(Fault(**one) for one in values["faults"])
    return Outcome(**values)


def said_as_json(stdout: bytes, stderr: bytes) -> str:
    return json.dumps([b64encode(one).decode() for one in (stdout, stderr)])


def said_of_json(text: str) -> tuple[bytes, bytes]:
    stdout, stderr = map(b64decode, json.loads(text))
    return stdout, stderr


def write(path: Path, text: str) -> None:
    """All of it or nothing: who sees the file sees it whole."""
    beside = path.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
