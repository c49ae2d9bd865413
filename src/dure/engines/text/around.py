"""The sentence or clause in which a place of a text stands."""

import re
from typing import Final

REACH: Final = 300
"""Letters on either side of a place that can belong to its sentence: work stays bounded in texts without an end."""

SENTENCE_END: Final = re.compile(r"\n|[!?;•▪●■◦]|\.(?=\s|$)")


def around(text: str, span: tuple[int, int], ends: re.Pattern[str] = SENTENCE_END) -> tuple[int, int]:
    """The stretch around `span` that no match of `ends` divides, at most `REACH` letters longer on either side."""
    first, last = max(0, span[0] - REACH), min(len(text), span[1] + REACH)
    start = max((end.end() for end in ends.finditer(text, first, span[0])), default=first)
    end = next((end.start() for end in ends.finditer(text, span[1], last)), last)
    return start, end
