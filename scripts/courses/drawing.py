"""Plain SVG for lessons: attributes only (no style sheet that a policy could block), dark ink on a light card of its own.

The card makes a figure readable on a light page and on a dark one alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

CARD, INK, SOFT, GRID = "#fbfcfa", "#1f2a24", "#5a6a61", "#dfe5e0"
GREEN, RED, BLUE, SAND = "#1f7a4d", "#b3392f", "#2c5f9e", "#e9dfc3"
FONT = "Pretendard, 'Noto Sans KR', 'Segoe UI', sans-serif"
Point = tuple[float, float]


@dataclass(slots=True)
class Picture:
    """A drawing of `width` by `height` points, with a title for those who cannot see it."""

    width: int
    height: int
    title: str
    parts: list[str] = field(default_factory=list)

    def box(self, at: Point, size: Point, *, fill: str = "none", stroke: str = "none") -> None:
        self.parts.append(
            f'<rect x="{at[0]:g}" y="{at[1]:g}" width="{size[0]:g}" height="{size[1]:g}" rx="3" fill="{fill}" stroke="{stroke}"/>'
        )

    def line(self, points: Sequence[Point], *, stroke: str = INK, width: float = 1.5, dash: str = "") -> None:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}"{dashed}/>'
        )

    def dot(self, at: Point, *, fill: str = INK, radius: float = 4) -> None:
        self.parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}" fill="{fill}"/>')

    def words(self, at: Point, text: str, *, anchor: str = "start", fill: str = INK, size: int = 13) -> None:
        self.parts.append(
            f'<text x="{at[0]:g}" y="{at[1]:g}" text-anchor="{anchor}" fill="{fill}" font-size="{size}">{escape(text)}</text>'
        )

    def svg(self) -> str:
        """The whole file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}" role="img" font-family="{FONT}">'
        )
        card = f'<rect width="{self.width}" height="{self.height}" rx="8" fill="{CARD}"/>'
        return "\n".join([head, f"<title>{escape(self.title)}</title>", card, *self.parts, "</svg>", ""])


@dataclass(frozen=True, slots=True)
class Axes:
    """Where values stand in a picture: `x` and `y` are (least, greatest) of the values; the frame is in points."""

    x: Point
    y: Point
    left: float = 60
    top: float = 40
    wide: float = 600
    high: float = 220

    def at(self, x: float, y: float) -> Point:
        """The place of a value."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * self.wide, self.top + (1 - up) * self.high

    def draw(self, picture: Picture, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Grid lines and the numbers beside them."""
        for y in ys:
            picture.line([self.at(self.x[0], y), self.at(self.x[1], y)], stroke=GRID, width=1)
            picture.words((self.left - 8, self.at(0, y)[1] + 4), f"{y:g}", anchor="end", fill=SOFT, size=12)
        for x in xs:
            picture.words(
                (self.at(x, 0)[0], self.top + self.high + 18), f"{x:g}", anchor="middle", fill=SOFT, size=12
            )
        picture.line([self.at(self.x[0], self.y[0]), self.at(self.x[1], self.y[0])], stroke=SOFT, width=1)
