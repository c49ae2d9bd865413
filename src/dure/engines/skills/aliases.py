"""The names under which people write skills in Korean and English, and where a text has them.

A Hangul name begins where no syllable stands before it and ends before a particle, an ending, or anything that is no syllable:
음성 인식 is found in 음성인식모델을, not in 초음성인식 nor in 음성 인식표. A Latin name may have Hangul beside it (PyTorch를).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from dure.engines.text import Folded, fold

_HANGUL: Final = "가-힣"
_BEFORE: Final = {True: rf"(?<![{_HANGUL}])", False: rf"(?<![^\W_{_HANGUL}])(?<![+#])"}
_AFTER_LATIN: Final = rf"s?(?![^\W_{_HANGUL}])(?![+#])"
_ALONE_BEFORE, _ALONE_AFTER = "(?<![-&.'’])", r"(?![-&'’]|\.\w)"  # R&D, R-CNN and R's are no language
_ADDRESS: Final = re.compile(
    r"(?<!\S)\S+@\S+|(?:https?://|www\.)\S+|(?<![\w-])[\w-]+\.(?:com|org|net|io|ai|dev|kr)\b\S*"
)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`slugs` are keyed by the name without case, spaces and hyphens, as are `exact` (how it must be written) and `near`."""

    slugs: Mapping[str, tuple[str, ...]]
    exact: Mapping[str, str]
    near: Mapping[str, re.Pattern[str]]
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The skills that one place names; `start` and `end` count letters of the folded text."""

    slugs: tuple[str, ...]
    start: int
    end: int


def key_of(name: str) -> str:
    """A name without what may differ in a text: case, width, spaces, hyphens."""
    return re.sub(r"[\s-]", "", fold(name).text)


@cache
def packaged_aliases() -> Dictionary:
    """The dictionary beside the catalogue, read once when first asked for."""
    return dictionary(yaml.safe_load(files(__package__).joinpath("aliases.yaml").read_text(encoding="utf-8")))


def dictionary(loaded: Mapping[str, Any]) -> Dictionary:
    """A dictionary from the plain values of `aliases.yaml`, which says what each key means.

    Raises ValueError where a name stands under two skills without being declared ambiguous.
    """
    slugs: dict[str, tuple[str, ...]] = {}
    pairs = [(name, (slug,)) for slug, names in loaded["aliases"].items() for name in names]
    pairs += [(name, tuple(several)) for name, several in loaded["ambiguous"].items()]
    for name, meant in pairs:
        if slugs.setdefault(key_of(name), meant) is not meant:
            raise ValueError(f"{name} stands twice")
    return Dictionary(
        slugs=slugs,
        exact={key_of(name): name for name in loaded["exact"]},
        near={key_of(name): _any_word(words) for name, words in loaded["near"].items()},
        patterns=_patterns([name for name, _ in pairs], _after_hangul(loaded), set(loaded["near"])),
    )


def _any_word(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(_BEFORE[_is_hangul(word[0])] + re.escape(word) for word in words))


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"


def _patterns(names: list[str], after_hangul: str, alone: set[str]) -> tuple[re.Pattern[str], ...]:
    """One pattern for each way in which names begin and end; in each the longer names are tried first."""
    groups: dict[tuple[bool, bool], list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        written = _loose(name) if name not in alone else _ALONE_BEFORE + _loose(name) + _ALONE_AFTER
        groups.setdefault((_is_hangul(name[0]), _is_hangul(name[-1])), []).append(written)
    return tuple(
        re.compile(_BEFORE[first] + f"(?:{'|'.join(group)})" + (after_hangul if last else _AFTER_LATIN))
        for (first, last), group in groups.items()
    )


def _after_hangul(loaded: Mapping[str, Any]) -> str:
    endings, particles = _any_of(loaded["endings"]), _any_of(loaded["particles"])
    return f"(?=(?:{endings}){{0,2}}(?:{particles}){{0,3}}(?![{_HANGUL}]))"


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _loose(name: str) -> str:
    """The name with each space optional, and between Latin words a hyphen as good as a space."""
    text = re.sub(rf"(?<=[{_HANGUL}]) (?=[{_HANGUL}])", "\0", fold(name).text)
    pieces = re.split("(\0|[ -])", text)
    gaps = {"\0": " ?", " ": "[ -]?", "-": "[ -]?"}
    return "".join(gaps.get(piece, re.escape(piece)) for piece in pieces)


def named_in(folded: Folded, known: Dictionary) -> list[Named]:
    """Every place that names skills, in order; where names overlap the longest counts, and addresses hold none."""
    taken = bytearray(len(folded.text))
    for address in _ADDRESS.finditer(folded.text):
        _take(taken, *address.span())
    kept: list[Named] = []
    for found in sorted(_candidates(folded, known), key=lambda named: (named.start - named.end, named.start)):
        if not any(taken[found.start : found.end]):
            _take(taken, found.start, found.end)
            kept.append(found)
    return sorted(kept, key=lambda named: named.start)


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _candidates(folded: Folded, known: Dictionary) -> Iterator[Named]:
    for pattern in known.patterns:
        for match in pattern.finditer(folded.text):
            key = key_of(match[0])
            key = key if key in known.slugs else key.removesuffix("s")
            if _as_written(folded, match, key, known) and _in_company(folded, match, key, known):
                yield Named(known.slugs[key], *match.span())


def _as_written(folded: Folded, match: re.Match[str], key: str, known: Dictionary) -> bool:
    if key not in known.exact:
        return True
    start, end = folded.span(*match.span())
    written = unicodedata.normalize("NFKC", folded.original[start:end])
    return written.removesuffix("s") == known.exact[key].removesuffix("s")


def _in_company(folded: Folded, match: re.Match[str], key: str, known: Dictionary) -> bool:
    """Whether a name too short to stand for itself has one of its words in the same line."""
    if key not in known.near:
        return True
    start = folded.text.rfind("\n", 0, match.start()) + 1
    end = folded.text.find("\n", match.end())
    return known.near[key].search(folded.text[start : None if end < 0 else end]) is not None
