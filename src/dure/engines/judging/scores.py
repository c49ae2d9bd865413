"""What a scoring program says, as Codabench has it: `scores.json` (names to numbers) or `scores.txt` (`name: number` lines).

The program may be anybody's and what it scored surely is: the files are parsed as hostile.
"""

import json
import math
from collections.abc import Mapping
from typing import Any, Final

JSON, TEXT = "scores.json", "scores.txt"
MOST_BYTES: Final = 1024**2
MOST_SCORES, LONGEST_NAME = 200, 200


class NoScoresError(ValueError):
    """Neither file is there, or it cannot be read, or it has too much in it."""


def scores_in(written: Mapping[str, bytes]) -> dict[str, float]:
    """The finite numbers by their names; others are left out. Raises NoScoresError."""
    for name, read in ((JSON, _json), (TEXT, _text)):
        if name in written:
            if len(written[name]) > MOST_BYTES:
                raise NoScoresError("too large")
            return _finite(read(written[name]))
    raise NoScoresError("no scores")


def _json(content: bytes) -> dict[Any, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoScoresError("no JSON") from error
    if not isinstance(found, dict):
        raise NoScoresError("no object")
    return found


def _text(content: bytes) -> dict[str, str]:
    lines = content.decode("utf-8", "replace").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


def _finite(found: Mapping[Any, Any]) -> dict[str, float]:
    scores = {str(name).strip()[:LONGEST_NAME]: _number(value) for name, value in found.items()}
    if len(scores) > MOST_SCORES:
        raise NoScoresError("too many")
    return {name: value for name, value in scores.items() if value is not None}


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
