"""Runs inside the submission's sandbox: executes a source and answers calls of its functions over JSON lines.

`python worker.py SOURCE`. Descriptor 1 is taken for the answers before the source runs, so that what it prints goes to the log.
Everything here may be overthrown by the source: the other end believes no line.
"""

from __future__ import annotations

import io
import json
import math
import os
import sys

# Importing typing takes longer than all that is done here; type checkers know this name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STRICT = json.JSONEncoder(allow_nan=False)


def main(source: str) -> None:
    """Run the file `source` and answer calls until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            line_buffering=True
        )  # whoever is ended in a loop has said all that was printed before
    space: dict[str, Any] = {"__name__": "submission", "__file__": source}
    failed = _run(source, space)
    for line in sys.stdin:
        answers.write(_answer(space, json.loads(line), failed) + "\n")
        answers.flush()


def _run(source: str, space: dict[str, Any]) -> str:
    """Execute the file; gives back the type of what it raised, or nothing."""
    try:
        exec(compile(_read(source), source, "exec"), space)  # noqa: S102 - what this sandbox is for
    except Exception as error:  # noqa: BLE001 - whatever a stranger's program raises
        _tell(error)
        return type(error).__name__
    return ""


def _answer(space: dict[str, Any], call: dict[str, Any], failed: str) -> str:
    """The line that answers a call. A source that `failed` answers each with the type of what it raised."""
    identity = call["id"]
    if failed:
        return json.dumps({"id": identity, "err": failed})
    try:
        value = space[call["fn"]](*map(given, call["args"]))
        return STRICT.encode({"id": identity, "ok": carried(value)})
    except Exception as error:  # noqa: BLE001 - whatever a stranger's program raises
        _tell(error)
        return json.dumps({"id": identity, "err": type(error).__name__})


def _read(source: str) -> bytes:
    with open(source, "rb") as file:  # noqa: PTH123 - pathlib starts slowly
        return file.read()


def _tell(error: Exception) -> None:
    import traceback  # noqa: PLC0415 - same

    traceback.print_exception(error)


def given(argument: dict[str, Any]) -> Any:
    """An argument as the function wants it: a plain value, an array, a series or a table."""
    kind, value = next(iter(argument.items()))
    if kind == "nd":
        import numpy  # noqa: ICN001, PLC0415 - only where it is asked for

        return numpy.array(value)
    if kind in ("ser", "df"):
        import pandas  # noqa: ICN001, PLC0415 - same

        return pandas.Series(value) if kind == "ser" else pandas.DataFrame(value)
    return value


def carried(value: Any) -> dict[str, Any]:
    """A result by its kind. Raises TypeError for what cannot be carried: an object that says yes to everything, above all."""
    kind = type(value).__module__.partition(".")[0], type(value).__name__
    if kind == ("numpy", "ndarray"):
        return {"nd": _plain(value.tolist())}
    if kind[0] == "numpy":
        return {"v": _plain(value.item())}
    if kind == ("pandas", "Series"):
        return {"ser": _plain({str(key): one for key, one in value.to_dict().items()})}
    if kind == ("pandas", "DataFrame"):
        return {"df": _plain({str(key): column.tolist() for key, column in value.items()})}
    return {"v": _plain(value)}


def _plain(value: Any) -> Any:
    """The value of JSON's own types only; a gap (NaN) in a list or a table becomes null."""
    if type(value) is dict:
        return {str(key): _gap(one) for key, one in value.items()}
    if type(value) in (list, tuple):
        return [_gap(one) for one in value]
    if value is None or type(value) in (bool, int, float, str):
        return value
    raise TypeError(type(value).__name__)


def _gap(value: Any) -> Any:
    return None if type(value) is float and math.isnan(value) else _plain(value)


if __name__ == "__main__":
    main(sys.argv[1])
