"""What is right: a learner's answer to an item, and what may be told of it. The seed decides in which order options are shown."""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dure.engines.courses.values import Item, Option

LONGEST: Final = 400
"""Characters of an answer that are looked at."""
Given = Sequence[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether an answer is right, and the points it earns."""

    right: bool
    points: float


def shown_options(item: Item, seed: str) -> list[tuple[int, Option]]:
    """The options with their numbers, in an order that is this learner's own and always the same."""
    numbered = list(enumerate(item.options))
    return sorted(numbered, key=lambda one: hashlib.sha256(f"{seed}:{item.id}:{one[0]}".encode()).digest())


def judged(item: Item, given: Given) -> Judged:
    """Judge an answer: numbers of options (single, several, order, in the order given), or one text."""
    right = _JUDGES[item.kind](item, [one[:LONGEST] for one in given])
    return Judged(right, item.points if right else 0)


def is_whole(item: Item, given: Given) -> bool:
    """Whether it is an answer at all: something chosen or written, and nothing that is not there."""
    if item.kind in ("single", "several", "order"):
        numbers = {str(number) for number in range(len(item.options))}
        known = bool(given) and set(given) <= numbers and len(set(given)) == len(given)
        wanted = {"single": 1, "order": len(item.options)}.get(item.kind, len(given))
        return known and len(given) == wanted
    if item.kind == "number":
        return _number(given) is not None
    return bool(given and given[0].strip())


def _options(item: Item, given: Given) -> bool:
    return {int(one) for one in given} == {at for at, option in enumerate(item.options) if option.right}


def _order(item: Item, given: Given) -> bool:
    return [int(one) for one in given] == list(range(len(item.options)))


def _near(item: Item, given: Given) -> bool:
    value = _number(given)
    return value is not None and abs(value - float(item.answer)) <= item.tolerance + 1e-12


def _number(given: Given) -> float | None:
    """A number as people write it: with a comma for thousands, a percent sign left out."""
    text = given[0].strip().replace(",", "").replace("−", "-").removesuffix("%") if given else ""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _matches(item: Item, given: Given) -> bool:
    text = " ".join(given[0].split()) if given else ""
    return any(re.fullmatch(pattern, text, re.IGNORECASE) for pattern in item.patterns)


def _same_output(item: Item, given: Given) -> bool:
    return bool(given) and _lines(given[0]) == _lines(item.answer)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


_JUDGES: Final[Mapping[str, Any]] = {
    "single": _options,
    "several": _options,
    "order": _order,
    "number": _near,
    "text": _matches,
    "output": _same_output,
}
