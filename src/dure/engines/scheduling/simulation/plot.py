"""Policies side by side as a picture in SVG: one row a policy, one panel a measure, each on its own scale from zero."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

ROW, BAR, PANEL, LABELS, HEAD, EDGE = 26, 14, 200, 130, 74, 20
WORDS = 66
"""Pixels that a panel keeps free for the number behind its longest bar."""
STYLE = (
    "text{font:13px Pretendard,'Noto Sans KR',system-ui,sans-serif;fill:#1a2420}"
    ".title{font-size:16px;font-weight:600}.head{font-weight:600}.paper{fill:#fbfaf6}"
    ".bar{fill:#a9cdbb}.best{fill:#17694a}.axis{stroke:#848d87}"
    "@media(prefers-color-scheme:dark){text{fill:#ecf2ee}.paper{fill:#101613}.bar{fill:#2f5f4b}.best{fill:#62d3a2}}"
)


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure of all rows. `said` is each value in words; None draws no bar. The lowest is best, or the `highest`."""

    title: str
    values: Sequence[float | None]
    said: Sequence[str]
    highest: bool = False

    @property
    def best(self) -> float | None:
        known = [value for value in self.values if value is not None]
        return (max if self.highest else min)(known, default=None)


def drawn(title: str, rows: Sequence[str], panels: Sequence[Panel]) -> str:
    """The picture as SVG text. All words are escaped; its description reads the values out, row by row."""
    width, height = LABELS + PANEL * len(panels) + EDGE, HEAD + ROW * len(rows) + EDGE
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description">',
        f'<title id="title">{escape(title)}</title><desc id="description">{escape(_read_out(rows, panels))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        _text(EDGE, 28, title, "title"),
        *(_text(EDGE, _middle(at) + 5, row) for at, row in enumerate(rows)),
        *(line for at, panel in enumerate(panels) for line in _panel(panel, LABELS + PANEL * at, len(rows))),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _read_out(rows: Sequence[str], panels: Sequence[Panel]) -> str:
    lines = (
        f"{row}: " + ", ".join(f"{panel.title} {panel.said[at]}" for panel in panels)
        for at, row in enumerate(rows)
    )
    return "; ".join(lines)


def _panel(panel: Panel, left: int, rows: int) -> Iterator[str]:
    yield _text(left, HEAD - 14, panel.title, "head")
    yield f'<line class="axis" x1="{left}" x2="{left}" y1="{HEAD - 4}" y2="{HEAD + ROW * rows}"/>'
    scale = max((value for value in panel.values if value is not None), default=0.0) or 1.0
    for at, value in enumerate(panel.values):
        length = 0.0 if value is None else (PANEL - WORDS) * value / scale
        kind = "best" if value is not None and value == panel.best else "bar"
        top = _middle(at) - BAR / 2
        yield f'<rect class="{kind}" x="{left}" y="{top:g}" width="{length:.1f}" height="{BAR}" rx="2"/>'
        yield _text(left + length + 6, _middle(at) + 5, panel.said[at])


def _middle(row: int) -> int:
    return HEAD + ROW * row + ROW // 2


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    return f'<text{name} x="{x:.1f}" y="{y:g}">{escape(words)}</text>'
