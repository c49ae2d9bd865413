"""The leaderboard as a page or a program reads it: one stored row, told in words and as a picture."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import i18n, shapes
from dure.foundation.trail import inert
from dure.problems.models import Board, Challenge
from dure.problems.scoring import boards

METHODS = {
    "paired_bootstrap_rows": _("95% interval by paired bootstrap over rows"),
    "paired_bootstrap_groups": _("95% interval by paired bootstrap over groups"),
    "influence": _("95% interval by paired influence functions"),
    "delong": _("95% interval by DeLong's method"),
}
CLOSED = {"closed", "finished"}
COLUMNS = (
    "rank",
    "rank_low",
    "rank_high",
    "group",
    "name",
    "organisation",
    "baseline",
    "score",
    "low",
    "high",
    "second",
    "coverage",
    "entries",
    "submitted_at",
    "reproduced",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A board ready to be shown; `moved` maps team → places won or lost at the close."""

    board: Board | None
    view: str
    rows: list[dict[str, Any]]
    method: str
    digits: int
    moved: Mapping[str, int]

    @property
    def has_intervals(self) -> bool:
        """Scores of a host's program come without: then nothing may be said of chance, groups or possible ranks."""
        return bool(self.method)


def view_of(challenge: Challenge, asked: str | None = None) -> str:
    """Public until the close, then private unless the public one is asked for. Before the close there is only the public one."""
    if challenge.state not in CLOSED:
        return Board.View.PUBLIC
    return Board.View.PUBLIC if asked == Board.View.PUBLIC else Board.View.PRIVATE


def shown_board(challenge: Challenge, asked: str | None = None) -> Shown:
    """The board that everybody may see now, by two stored rows at most."""
    view = view_of(challenge, asked)
    board = boards.latest(challenge, view)
    rows = _with_names(board.rows) if board else []
    method = str(METHODS.get(board.method, "")) if board else ""
    return Shown(
        board,
        view,
        rows,
        method,
        _digits(rows),
        _moved(challenge, rows) if view == Board.View.PRIVATE else {},
    )


def first_rows(challenge: Challenge, count: int) -> tuple[list[dict[str, Any]], int]:
    """The first rows of that board, and the decimal places that suit them; one query."""
    rows = _with_names(boards.first_rows(challenge, view_of(challenge), count))
    return rows, _digits(rows)


def _with_names(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    first, second = ("ko", "en") if i18n.is_korean() else ("en", "ko")
    return [
        {**row, "organisation": row[f"organisation_{first}"] or row[f"organisation_{second}"]} for row in rows
    ]


def _digits(rows: list[dict[str, Any]]) -> int:
    """Decimal places that suit the axis: as many as the most finely rounded score, at least one."""
    return max([1, *(int(row.get("digits", 4)) for row in rows)])


def plot_of(rows: Sequence[Mapping[str, Any]], *, first: Any = None) -> shapes.IntervalPlot | None:
    """Every ranked row as an interval; those of the group `first` (without it: of the first row) are filled."""
    ranked = [row for row in rows if row["rank"]]
    leading = first if first is not None else ranked[0]["group"] if ranked else None
    return shapes.interval_plot(
        [
            shapes.Interval(row["name"], row["low"], row["score"], row["high"], tied=row["group"] == leading)
            for row in ranked
        ]
    )


def lines_of(shown: Shown, rows: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """Rows as the table has them, one list per tie group: figures are words in the digits their error allows."""
    found = [_line(shown, row) for row in rows]
    return [list(group) for _key, group in groupby(found, key=lambda line: line["group"])]


def _line(shown: Shown, row: Mapping[str, Any]) -> dict[str, Any]:
    digits, moved = row.get("digits", 4), shown.moved.get(row["team"], 0)
    low, high, first, last = row["low"], row["high"], row["rank_low"], row["rank_high"]
    score = row["score"]
    return {
        **row,
        "leads": bool(row["rank"]) and row["group"] == shown.rows[0]["group"],
        "score": "" if score is None else f"{score:.{digits}f}",
        "interval": "" if low is None or high is None else f"{low:.{digits}f} – {high:.{digits}f}",
        "second": f"{row['second']:.4f}" if row.get("second") is not None else "",
        "covers": [
            (f"{float(level):.0%}", f"{share:.0%}") for level, share in row.get("coverage", {}).items()
        ],
        "ranks": "" if not first else str(first) if first == last else f"{first}–{last}",
        "up": max(moved, 0),
        "down": max(-moved, 0),
    }


def _moved(challenge: Challenge, rows: list[dict[str, Any]]) -> dict[str, int]:
    public = boards.latest(challenge, Board.View.PUBLIC)
    before = {row["team"]: row["rank"] for row in public.rows} if public else {}
    return {
        row["team"]: before[row["team"]] - row["rank"]
        for row in rows
        if row["rank"] and before.get(row["team"])
    }


def as_csv(shown: Shown) -> str:
    """The board as CSV; a cell that a spreadsheet would run as a formula is written as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([inert(_cell(row.get(name))) for name in COLUMNS] for row in shown.rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """A mapping as `0.5=0.48 0.95=0.93`."""
    return " ".join(f"{key}={one:.4g}" for key, one in value.items()) if isinstance(value, dict) else value
