"""Skills that a free text seems to ask for. A suggestion is never more than that: a person confirms or drops each."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from dure.engines.skills.aliases import named_in, packaged_aliases
from dure.engines.skills.hints import USUAL_LEVEL, Need, headings, level_near, need_near
from dure.engines.text import Folded, fold

MOST_READ: Final = 20_000
"""Characters of a text that are read; an opening is far shorter."""

MOST_PLACES: Final = 20
"""Places of one skill that are looked at; later ones say nothing new."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One skill that a text names.

    `places` are stretches of the text as it was written, in order, to be highlighted. `level` (1 to 4) is the highest that words
    near a place ask for, or `USUAL_LEVEL`, and then `level_said` is false. `need` is None where the text does not say.
    """

    slug: str
    level: int
    level_said: bool
    need: Need | None
    places: tuple[Span, ...]


def suggested(text: str) -> list[Suggestion]:
    """The skills of the catalogue named in a text in Korean or English, in the order of their first places.

    What stands only in other words, and what a text denies (no Python needed), is beyond a dictionary.
    """
    folded = fold(text[:MOST_READ])
    found: dict[str, list[Span]] = {}
    for named in named_in(folded, packaged_aliases()):
        for slug in named.slugs:
            found.setdefault(slug, []).append((named.start, named.end))
    parts = headings(folded.text)
    return [_suggestion(slug, folded, spans[:MOST_PLACES], parts) for slug, spans in found.items()]


def _suggestion(
    slug: str, folded: Folded, spans: list[Span], parts: list[tuple[int, Need | None]]
) -> Suggestion:
    levels = [level for span in spans if (level := level_near(folded.text, span))]
    needs = {need_near(folded.text, span, _under(span, parts)) for span in spans}
    return Suggestion(
        slug=slug,
        level=max(levels, default=USUAL_LEVEL),
        level_said=bool(levels),
        need="must" if "must" in needs else "nice" if "nice" in needs else None,
        places=tuple(folded.span(*span) for span in spans),
    )


def _under(span: Span, parts: list[tuple[int, Need | None]]) -> Need | None:
    """What the last heading before a place says."""
    return parts[bisect_right(parts, span[0], key=lambda part: part[0]) - 1][1]
