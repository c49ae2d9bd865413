"""What came of a run, as a file that travels from a cluster's node to the runner. Free of Django."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from dure.engines.faults import Fault
from dure.engines.jobs import Carried
from dure.engines.judging import exception_in
from dure.engines.sandbox import CollectedFile, Outcome

TRACEBACK: Final = b"Traceback (most recent call last):\n"


def sealed(came: Carried) -> Carried:
    """Without anything that the program said, but for the type of the exception that ended it."""
    if came.outcome is None:
        return came
    kind = exception_in(came.outcome.stderr)
    said = TRACEBACK + kind.encode() if kind else b""
    return replace(came, outcome=replace(came.outcome, stdout=b"", stderr=said))


def as_json(came: Carried) -> str:
    values = asdict(came)
    values["judge_log"] = b64encode(came.judge_log).decode()
    if outcome := values["outcome"]:
        outcome["stdout"], outcome["stderr"] = (
            b64encode(outcome[name]).decode() for name in ("stdout", "stderr")
        )
    return json.dumps(values)


def of_json(text: str) -> Carried:
    """Raises ValueError, KeyError or TypeError for what no node wrote."""
    kept = json.loads(text)
    return Carried(
        outcome=_outcome(kept["outcome"]) if kept["outcome"] else None,
        faults=tuple(Fault(**fault) for fault in kept["faults"]),
        report=kept["report"],
        judge_fault=Fault(**kept["judge_fault"]) if kept["judge_fault"] else None,
        judge_log=b64decode(kept["judge_log"]),
    )


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
