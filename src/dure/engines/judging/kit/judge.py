"""For whoever writes tests: runs inside the judge's sandbox, beside the answers, and asks the submission over JSON lines.

    from comparing import is_number
    from judge import RaisedError, call, report

    right = is_number(call("area", 2, 3), 6)
    report(tests=[{"name": "area of 2 by 3", "points": 1 if right else 0, "of": 1}])

Whatever comes back was made by a stranger: compare it with the functions of `comparing`, which know its types.
"""

from __future__ import annotations

import json
import os
import sys

# Importing typing takes longer than all that is done here; type checkers know this name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_STRICT = json.JSONEncoder(allow_nan=False)
_out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
os.dup2(2, 1)  # what a test prints goes to its author's log and never into the conversation


class RaisedError(Exception):
    """The submission's function raised; the message is the type's name."""


class StoppedError(Exception):
    """The submission answers no more, and the message says why: time, ended, long, malformed, forged, calls."""


def call(function: str, *arguments: Any) -> Any:
    """The value that the submission's function gives: plain values; arrays as lists; series and tables as dicts."""
    identity = os.urandom(8).hex()
    _say({"id": identity, "fn": function, "args": [_carried(one) for one in arguments]})
    said = json.loads(sys.stdin.readline())
    if "stopped" in said:
        raise StoppedError(said["stopped"])
    if "err" in said:
        raise RaisedError(said["err"])
    return next(iter(said["ok"].values()), None)


def report(**said: Any) -> None:
    """The end of the conversation, with what the page is to show."""
    _say({"report": said})


def _carried(value: Any) -> dict[str, Any]:
    """An argument by its kind: arrays, series and tables arrive as such."""
    name = type(value).__name__
    if name == "ndarray":
        return {"nd": value.tolist()}
    if name == "Series":
        return {"ser": value.to_dict()}
    if name == "DataFrame":
        return {"df": value.to_dict("list")}
    return {"v": value}


def _say(said: dict[str, Any]) -> None:
    _out.write(_STRICT.encode(said) + "\n")
    _out.flush()
