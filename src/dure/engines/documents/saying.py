"""Numbers, dates and cells in words, and text in lines, the same in every kind of file."""

from datetime import date
from decimal import Decimal

from dure.engines.documents.values import Bar, Cell, Column, Figures

Number = int | float | Decimal


def number_in_words(value: Number, digits: int) -> str:
    """1,234,567.8: separators for thousands, so many decimals; the sign is a true minus."""
    return f"{value:,.{digits}f}".replace("-", "−")


def cell_in_words(cell: Cell, column: Column) -> str:
    """What a reader sees in a cell."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    if column.kind == "percent":
        return f"{number_in_words(100 * cell, column.digits)}%"
    return number_in_words(cell, column.digits)


def bar_in_words(bar: Bar, figures: Figures) -> str:
    """The figure beside its bar, with the unit."""
    said = number_in_words(bar.value, figures.digits)
    return f"{said} {figures.unit}" if figures.unit else said


def share_of(bar: Bar, figures: Figures) -> float:
    """How long the bar is, from 0 to 1: the longest is 1."""
    longest = max(float(one.value) for one in figures.bars)
    return float(bar.value) / longest if longest else 0.0


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them where it was typed; a tab counts as a blank."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
