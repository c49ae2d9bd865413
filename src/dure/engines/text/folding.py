"""A text in one width, case and composition, each letter with its place in the original."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_CLUSTER: Final = re.compile(r".[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*", re.DOTALL)
"""A letter with the marks, vowels and finals that are composed with it."""


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` in NFKC and small letters; letter i of it came from `original[starts[i]:ends[i]]`."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of `text` (not empty) came from."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """The text in NFKC and small letters. Folding what is folded changes nothing."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster[0]).casefold())
        letters.append(folded)
        starts += [cluster.start()] * len(folded)
        ends += [cluster.end()] * len(folded)
    return Folded(text, "".join(letters), tuple(starts), tuple(ends))
