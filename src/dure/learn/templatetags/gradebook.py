"""Cells of the gradebook. Drawn here because a page has a thousand of them."""

from typing import Final

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dure.foundation.markup import together
from dure.foundation.templatetags.parts import icon
from dure.learn.queries.gradebook import Cell, Row

register = template.Library()
EMPTY: Final = '<td class="num"></td>'


@register.filter
def cells(row: Row) -> SafeString:
    """A learner's cells in the order of the columns."""
    heard_absent, heard_read = _heard(_("not in this version")), _heard(_("Read"))
    absent = f'<td class="num muted"><span aria-hidden="true">–</span>{heard_absent}</td>'
    read = f'<td class="num got">{icon("check")}{heard_read}</td>'
    return together(absent if cell is None else _drawn(cell, read) for cell in row.cells)


def _drawn(cell: Cell, read: str) -> str:
    if not cell.of:
        return read if cell.is_done else EMPTY
    if cell.points is None:
        return EMPTY
    words = _("late")
    late = f' <span class="small">{escape(words)}</span>' if cell.is_late else ""
    return f'<td class="num{" got" if cell.is_done else ""}">{cell.points:g}{late}</td>'


def _heard(words: str) -> str:
    """Words for a screen reader alone."""
    return f'<span class="sr">{escape(words)}</span>'
