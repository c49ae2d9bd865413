# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Dure Sans: Pretendard's variable font cut for the web, so that a Korean page loads a hundred kilobytes and not five.

`npm pack pretendard@1.3.9`, unpack it, then `uv run --script scripts/fonts.py FOLDER/package`. Writes the slices and their style
sheet. Weights that no page uses are left out. The syllables of our own Korean texts come first, commonest first; then the others of
KS X 1001 in the order of Pretendard's own slices; then the rest. The licence reserves the name Pretendard for the unchanged font,
so this one has a name of its own.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

NAME, FILE = "Dure Sans", "dure-sans"
ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "dure" / "foundation" / "static" / "foundation" / "fonts"
PAPER = ROOT / "src" / "dure" / "engines" / "documents" / "fonts"
"""Two weights, whole: a PDF takes the letters that it needs out of them."""
LIGHTEST, BOLDEST = 400, 780
BOLD = 680
"""What headings and emphasis have on paper."""
FEATURES = ["kern", "tnum", "calt", "ccmp", "locl", "mark", "mkmk", "case", "liga"]
HANGUL = range(0xAC00, 0xD7A4)
LATIN = [*range(0x20, 0x7F), *map(ord, "·–—…“”\N{LEFT SINGLE QUOTATION MARK}’×−±→←↑↓✓°₩«»©éüöä²³≈≤≥∞▲▼")]
TEXTS = ("**/*.po", "**/*.md", "**/*.yaml", "engines/scoring/metrics/*.py")
UNSEEN = {"aliases.yaml", "rules.yaml"}
"""Words that texts are searched for: no page shows them."""
OURS, COMMON, RARE, OTHERS = 200, 120, 360, 400
"""Characters in a slice of each kind."""
RENAMED = {1: NAME, 3: f"{NAME}; Pretendard 1.3.9 cut", 4: NAME, 6: "DureSans", 16: NAME, 25: "DureSans"}


def by_use(package: Path, held: set[int]) -> tuple[list[int], list[int], list[int]]:
    """The syllables that our own texts say more than once, commonest first; the others of KS X 1001; the rest by number."""
    counted = Counter(letter for path in _texts() for letter in path.read_text(encoding="utf-8"))
    ours = [ord(letter) for letter, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]
    ours = [code for code in ours if code in HANGUL and counted[chr(code)] > 1]
    others = [code for code in _pretendards_order(package) if code in HANGUL and code not in set(ours)]
    common = [code for code in others if _is_common(code)]
    rest = sorted(held.intersection(HANGUL) - {*ours, *common})
    return ours, common, rest


def _texts() -> Iterator[Path]:
    for pattern in TEXTS:
        found = sorted((ROOT / "src" / "dure").glob(pattern))
        yield from (path for path in found if path.name not in UNSEEN)


def _pretendards_order(package: Path) -> list[int]:
    """Its slices are numbered from the rarest to the commonest."""
    sheet = (package / "dist/web/variable/pretendardvariable-dynamic-subset.css").read_text(encoding="utf-8")
    ranges = re.findall(r"unicode-range:([^;]+);", sheet)
    return [code for text in reversed(ranges) for code in _codes(text)]


def _codes(text: str) -> Iterator[int]:
    for part in text.replace("U+", "").split(","):
        first, _, last = part.strip().partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _is_common(code: int) -> bool:
    """One of the 2,350 syllables of KS X 1001; Python writes the others in eight bytes."""
    return len(chr(code).encode("euc-kr", "ignore")) == 2


def slices(package: Path, held: set[int]) -> Iterator[tuple[str, list[int]]]:
    """The name and the characters of each slice, the rarest first: in a style sheet the last that has a character is taken."""
    ours, common, rest = by_use(package, held)
    others = sorted(held - set(HANGUL) - set(LATIN))
    yield from _named("other", others, OTHERS)
    yield from _named("rare", rest, RARE)
    yield from _named("common", common, COMMON)
    yield from _named("ours", ours, OURS)
    yield "latin", [code for code in LATIN if code in held]


def _named(kind: str, codes: Sequence[int], size: int) -> Iterator[tuple[str, list[int]]]:
    for number, start in enumerate(range(0, len(codes), size), start=1):
        yield f"{kind}-{number}", sorted(codes[start : start + size])


def cut(source: Path, codes: Iterable[int], target: Path) -> None:
    font = TTFont(source)
    options = Options(
        flavor="woff2", layout_features=FEATURES, name_IDs=["*"], hinting=False, notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def narrowed(package: Path, target: Path) -> set[int]:
    """Save the font with our weights and our name; return the characters it holds."""
    font = TTFont(package / "dist/public/variable/PretendardVariable.ttf", recalcTimestamp=False)
    instantiateVariableFont(font, {"wght": (LIGHTEST, LIGHTEST, BOLDEST)}, inplace=True)
    for record in font["name"].names:
        if record.nameID in RENAMED:
            record.string = RENAMED[record.nameID]
    font.save(target)
    return set(font.getBestCmap())


def for_paper(package: Path, weight: int, suffix: str) -> None:
    """One weight with every character, as TrueType: what writes our PDFs reads no other format."""
    font = TTFont(package / "dist/public/variable/PretendardVariable.ttf", recalcTimestamp=False)
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    for record in font["name"].names:
        if record.nameID in RENAMED:
            record.string = RENAMED[record.nameID] + suffix
    subsetter = Subsetter(Options(layout_features=[], name_IDs=["*"], hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    font.save(PAPER / f"{FILE}{suffix.lower()}.ttf")


def face(name: str, codes: Sequence[int]) -> str:
    return (
        f"@font-face{{font-family:'{NAME}';font-display:swap;font-weight:{LIGHTEST} {BOLDEST};"
        f"src:url({FILE}-{name}.woff2) format('woff2');unicode-range:{_ranges(name, codes)}}}\n"
    )


def _ranges(name: str, codes: Sequence[int]) -> str:
    """Rare syllables stand in one wide range, over which the commoner slices below are taken."""
    if name.startswith("rare"):
        return f"U+{codes[0]:x}-{codes[-1]:x}"
    return ",".join(_runs(codes))


def _runs(codes: Sequence[int]) -> Iterator[str]:
    start = before = codes[0]
    for code in (*codes[1:], -1):
        if code != before + 1:
            yield f"U+{start:x}" if start == before else f"U+{start:x}-{before:x}"
            start = code
        before = code


def main() -> None:
    package, whole = Path(sys.argv[1]), OUT / "whole.ttf"
    held = narrowed(package, whole)
    for_paper(package, LIGHTEST, "")
    for_paper(package, BOLD, "-Bold")
    for old in OUT.glob("*.woff2"):
        old.unlink()
    sheet = "/* Pretendard 1.3.9, cut and renamed by scripts/fonts.py; SIL Open Font License 1.1, see LICENSE.txt. */\n"
    for name, codes in slices(package, held):
        cut(whole, codes, OUT / f"{FILE}-{name}.woff2")
        sheet += face(name, codes)
    (OUT / f"{FILE}.css").write_text(sheet, encoding="utf-8")
    whole.unlink()


if __name__ == "__main__":
    main()
