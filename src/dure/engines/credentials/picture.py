"""The picture of a badge: an SVG of lines, circles and words, that needs no font and no address."""

from typing import Final
from xml.sax.saxutils import escape

from dure.engines.credentials.values import Text

SIDE: Final = 512
# How wide a line may be, in widths of a Hangul syllable, and how many lines there may be.
WIDEST, MOST_LINES = 13.0, 3
NARROW: Final = 0.56


def draw(*, name: Text, issuer: str, below: str) -> str:
    """A square picture with the achievement's name in both languages, who gives it, and a line below (who, when)."""
    label = escape(" — ".join(part for part in (name.both(" · "), issuer, below) if part))
    words = [(line, 34, 700, "#0f3d2e") for line in wrapped(name.ko or name.en)]
    if name.en and name.ko:
        words += [(line, 21, 500, "#2f6b55") for line in wrapped(name.en, widest=WIDEST * 1.45)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img" aria-labelledby="badge-title">',
            f'<title id="badge-title">{label}</title>',
            f'<rect width="{SIDE}" height="{SIDE}" rx="44" fill="#f3faf6"/>',
            '<rect x="14" y="14" width="484" height="484" rx="34" fill="none" stroke="#1f8a5f" stroke-width="4"/>',
            '<circle cx="256" cy="108" r="54" fill="#1f8a5f"/>',
            '<path d="M230 109l19 19 35-40" fill="none" stroke="#fff" stroke-width="12" stroke-linecap="round"/>',
            *_lines(words, top=222),
            '<path d="M156 398h200" stroke="#1f8a5f" stroke-width="2"/>',
            *_lines([(cut(issuer, 22), 21, 500, "#0f3d2e"), (cut(below, 26), 18, 400, "#3d5a4f")], top=432),
            "</svg>",
        )
    )


def wrapped(text: str, *, widest: float = WIDEST) -> list[str]:
    """The text in at most `MOST_LINES` lines, broken at blanks; a word too long for a line is cut, and so is what does not fit."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer) > widest:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    return [cut(line, widest) for line in lines]


def cut(text: str, widest: float) -> str:
    """The text, or as much of it as fits, with a mark that something is missing."""
    if width(text) <= widest:
        return text
    while text and width(text) > widest - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def width(text: str) -> float:
    """About how wide a text is, in widths of a Hangul syllable."""
    return sum(1.0 if ord(sign) > 0x2E7F else NARROW for sign in text)


def _lines(words: list[tuple[str, int, int, str]], *, top: int) -> list[str]:
    made, at = [], top
    for line, size, weight, colour in words:
        made.append(
            f'<text x="256" y="{at}" font-family="Pretendard, system-ui, sans-serif" font-size="{size}" '
            f'font-weight="{weight}" fill="{colour}" text-anchor="middle">{escape(line)}</text>'
        )
        at += round(size * 1.3)
    return made
