"""Search tokens of a text: every pair of Hangul syllables, and other words whole.

A Korean noun is found inside its compounds and before its particles without a dictionary: 예측 is a pair of
수요예측모형을. The last syllable of each run stands alone as well, so that a prefix query for one syllable
finds it anywhere.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from dure.engines.text.aliases import ANY_ALIAS

LONGEST_TOKEN: Final = 64
"""Characters kept of one token: at most 256 bytes in UTF-8; PostgreSQL allows a lexeme 2,046."""

LARGEST_VECTOR: Final = 512 * 1024
"""Bytes of all tokens of one text, half of what a tsvector may hold; what comes later is not indexed."""

_WORD: Final = re.compile(r"(?P<hangul>[가-힣]+)|(?P<word>[^\W_가-힣]+)")
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")

Kind = Literal["hangul", "word", "alias"]


@dataclass(frozen=True, slots=True)
class Term:
    """One searchable thing met in a text: a run of Hangul, another word, or the token of an alias."""

    kind: Kind
    text: str


def normalise(text: str) -> str:
    """The text as stored for searching: composed (NFC), lower case, without what PostgreSQL cannot store.

    Applying it twice changes nothing. NUL and lone surrogates become spaces.
    """
    composed = unicodedata.normalize("NFC", _UNSTORABLE.sub(" ", text))
    return unicodedata.normalize("NFC", composed.lower())


def terms_of(normalised: str) -> Iterator[Term]:
    """Runs of Hangul and other words in order, from a text that `normalise` made."""
    for match in _WORD.finditer(normalised):
        yield Term("hangul" if match["hangul"] else "word", match[0])


def aliases_in(normalised: str) -> Iterator[Term]:
    """The aliases met in a text that `normalise` made, in order and with repeats."""
    for match in ANY_ALIAS.finditer(normalised):
        yield Term("alias", match.lastgroup or "")


def pairs(run: str) -> list[str]:
    """Every two neighbouring syllables of a run; none for a single syllable."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def index_tokens(text: str) -> list[str]:
    """The sorted set of tokens under which a text is found.

    Any length is accepted; tokens are cut at `LONGEST_TOKEN` characters and end when they fill
    `LARGEST_VECTOR` bytes.
    """
    tokens: set[str] = set()
    room = LARGEST_VECTOR
    for token in _tokens(normalise(text)):
        if token in tokens:
            continue
        room -= len(token.encode())
        if room < 0:
            break
        tokens.add(token)
    return sorted(tokens)


def tsvector_literal(text: str) -> str:
    """The tokens of a text, quoted, to be sent as a parameter and cast: `%s::tsvector`. No positions."""
    return " ".join(map(quoted, index_tokens(text)))


def quoted(token: str) -> str:
    """A token as PostgreSQL reads it inside a tsvector or tsquery literal, whatever signs it holds."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _tokens(normalised: str) -> Iterator[str]:
    for term in aliases_in(normalised):
        yield term.text
    for term in terms_of(normalised):
        if term.kind == "hangul":
            yield from pairs(term.text)
            yield term.text[-1]
        else:
            yield term.text[:LONGEST_TOKEN]
