"""The font's slices: every syllable has one, and what our own pages say lies in the few that a page loads."""

import re
from pathlib import Path

import polib

from dure.engines.scoring.metrics import METRICS

SOURCE = Path(__file__).parents[2] / "src" / "dure"
STATIC = SOURCE / "foundation" / "static" / "foundation"
FONTS = STATIC / "fonts"
SHEET = (FONTS / "dure-sans.css").read_text(encoding="utf-8")
FACE = re.compile(
    r"font-weight:(\d+) (\d+);src:url\((dure-sans-(\w+)(?:-\d+)?\.woff2)\)[^}]*unicode-range:([^}]+)\}"
)
HANGUL = set(range(0xAC00, 0xD7A4))
BYTES = 140_000
"""What the slices of our own texts may weigh together: the most that an ordinary page loads."""


def codes(ranges: str) -> set[int]:
    found: set[int] = set()
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


FACES = [(name, kind, codes(ranges)) for _, _, name, kind, ranges in FACE.findall(SHEET)]


def test_every_slice_is_there_and_named_once() -> None:
    assert sorted(name for name, _, _ in FACES) == sorted(path.name for path in FONTS.glob("*.woff2"))


def test_every_syllable_and_latin_letter_has_a_slice() -> None:
    covered = set().union(*(held for _, _, held in FACES))
    assert HANGUL | set(range(0x20, 0x7F)) <= covered


def test_the_commonest_stand_last_where_a_browser_looks_first() -> None:
    order = ["other", "rare", "common", "ours", "latin"]
    kinds = [order.index(kind) for _, kind, _ in FACES]
    assert kinds == sorted(kinds)


def test_what_our_pages_say_needs_only_the_light_slices() -> None:
    """Sentences are added all the time; when this fails, run scripts/fonts.py again."""
    catalogue = polib.pofile(str(SOURCE / "locale" / "ko" / "LC_MESSAGES" / "django.po"))
    names = [name for metric in METRICS.values() for name in (metric.name_ko, metric.name_en)]
    drawn = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("templates/**/*.html")]
    text = "".join([*(entry.msgstr for entry in catalogue), *names, *drawn])
    light = set().union(*(held for _, kind, held in FACES if kind in {"ours", "latin"}))
    said = [letter for letter in text if ord(letter) in HANGUL]
    assert sum(ord(letter) not in light for letter in said) <= len(said) // 500
    signs = {letter for letter in text if not letter.isascii()} - set(said)
    assert {sign for sign in signs if ord(sign) not in light} == set(), (
        "one sign would load a slice of rare ones"
    )
    assert sum((FONTS / name).stat().st_size for name, kind, _ in FACES if kind in {"ours", "latin"}) <= BYTES


def test_every_weight_in_the_style_sheets_is_in_the_font() -> None:
    lightest, boldest = (int(word) for word in FACE.findall(SHEET)[0][:2])
    sheets = [path.read_text(encoding="utf-8") for path in STATIC.glob("*.css")]
    used = {int(weight) for sheet in sheets for weight in re.findall(r"font-weight: ?(\d+)", sheet)}
    assert used
    assert all(lightest <= weight <= boldest for weight in used)
