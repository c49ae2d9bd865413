"""The rows of a leaderboard, drawn here: a page has 25 of them, and a template takes many times as long."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.foundation.markup import escaped, together
from dure.foundation.templatetags.parts import badge

register = template.Library()
Line = Mapping[str, Any]


@register.simple_tag
def board_rows(
    groups: Sequence[Sequence[Line]], mine: str, closed: object, *, second: str = "", sure: bool = True
) -> SafeString:
    """One `<tbody>` per tie group of `queries.board.lines_of`; the row of the team `mine` is marked.

    With the name of a `second` metric there is a cell for it; of possible ranks only where intervals tell them (`sure`).
    """
    return together(
        f"<tbody>{''.join(_row(line, mine, closed, second, sure) for line in group)}</tbody>"
        for group in groups
    )


def _row(line: Line, mine: str, closed: object, second: str, sure: bool) -> str:  # noqa: FBT001 - as the tag has it
    ranks = f'<td class="num">{line["ranks"]}</td>' if sure else ""
    notes = escaped(" · ".join(_notes(line, closed)))
    return (
        f'<tr{MINE if line["team"] == mine else ""}><td class="rank">{_rank(line)}{_moved(line)}</td>'
        f'<th scope="row">{escaped(line["name"])}{_badges(line, mine)}<br><span class="muted small">{notes}</span></th>'
        f'<td class="num">{line["score"]}{_interval(line)}{_covers(line)}</td>{_second(line, second)}'
        f"{ranks}</tr>"
    )


MINE = ' class="mine"'


def _rank(line: Line) -> str:
    return f'<span class="medal">{line["rank"]}</span>' if line["leads"] else str(line["rank"] or "–")


def _moved(line: Line) -> str:
    """How many places the close brought or took."""
    if not line["up"] and not line["down"]:
        return ""
    way, word, arrow = ("up", _("up"), "▲") if line["up"] else ("down", _("down"), "▼")
    places = line["up"] or line["down"]
    return f'<br><span class="small {way}"><span class="sr">{escaped(word)} </span>{arrow}{places}</span>'


def _interval(line: Line) -> str:
    return f'<br><span class="muted small">{line["interval"]}</span>' if line["interval"] else ""


def _covers(line: Line) -> str:
    """How many answers the intervals of a forecast held."""
    said = (
        _("%(level)s intervals held %(share)s") % {"level": level, "share": share}
        for level, share in line["covers"]
    )
    return "".join(f'<br><span class="muted small">{escaped(words)}</span>' for words in said)


def _second(line: Line, name: str) -> str:
    return f'<td class="num">{line["second"]}</td>' if name else ""


def _badges(line: Line, mine: str) -> str:
    return "".join(f" {one}" for one in _signs(line, mine))


def _signs(line: Line, mine: str) -> Iterator[str]:
    if line["team"] == mine:
        yield badge("open", _("your team"))
    if line["baseline"]:
        yield badge("", _("Baseline"))
    if line.get("reproduced"):
        yield badge("open", _("Reproduced"), "check")


def _notes(line: Line, closed: object) -> Iterator[str]:
    if line["organisation"]:
        yield line["organisation"]
    yield ngettext("%(n)s file", "%(n)s files", line["entries"]) % {"n": line["entries"]}
    if closed and not line.get("reproduced") and not line["baseline"]:
        yield _("not reproduced yet")
