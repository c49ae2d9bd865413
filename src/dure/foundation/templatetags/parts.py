"""Template words of the parts: icons, states, offers, and what a component needs to look up."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from dure.engines import text
from dure.foundation import clock, faults, navigation, notices, shapes, webhooks
from dure.foundation.access import ALLOWED, Refused
from dure.foundation.markup import escaped, together
from dure.foundation.models import Notice
from dure.foundation.navigation import Link
from dure.foundation.workflow import Offer

register = template.Library()

ICON_OF_TAG = {
    "open": "sprout",
    "running": "activity",
    "waiting": "clock",
    "done": "check",
    "bad": "x-circle",
}
ICON_OF_LEVEL = {
    "success": "check-circle",
    "warning": "alert-triangle",
    "error": "x-circle",
    "info": "info",
    "debug": "info",
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the sprite, hidden from screen readers: words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("foundation/icons.svg"),
        name,
    )


def badge(tag: str, words: object, sign: str = "") -> SafeString:
    """A short word in the colour of its tag, behind the icon `sign` if one is named."""
    shown = f'<span class="badge" data-tag="{escaped(tag)}">{icon(sign) if sign else ""}{escaped(str(words))}</span>'
    return mark_safe(shown)  # noqa: S308 - every word in it has passed `escaped`


@register.simple_tag
def state_badge(obj: Any) -> SafeString:
    """Where an object with a workflow stands. Drawn here because lists have one in each row."""
    tag = tag_of(obj.state_tags)
    return badge(tag, obj.state_label, ICON_OF_TAG.get(tag, ""))


@register.filter
def lookup(table: Any, key: Any) -> Any:
    """`table[key]` or nothing."""
    return table.get(key) if isinstance(table, Mapping) else None


@register.filter
def tag_of(tags: Iterable[str]) -> str:
    """The one tag a badge is coloured by: open, running, waiting, done, or nothing."""
    found = set(tags or ())
    for name in ("open", "done"):
        if name in found:
            return name
    if any(tag.startswith("waiting_on:") for tag in found):
        return "waiting"
    return "running" if "running" in found else ""


@register.filter
def tag_icon(tag: str) -> str:
    return ICON_OF_TAG.get(tag, "")


@register.filter
def level_icon(level: str) -> str:
    return ICON_OF_LEVEL.get(level, "info")


@register.filter
def allowed(offers: Iterable[Offer]) -> list[Offer]:
    """The offers this person may take now."""
    return [offer for offer in offers or () if offer.decision is ALLOWED]


@register.filter
def refused(offers: Iterable[Offer]) -> list[Offer]:
    """The offers this person may not take, for a reason worth reading: not those that only time or a sign-in decides."""
    return [offer for offer in offers or () if _reason(offer) not in {"", "by_clock", "sign_in"}]


@register.filter
def needs_sign_in(offers: Iterable[Offer]) -> bool:
    return any(_reason(offer) == "sign_in" for offer in offers or ())


def _reason(offer: Offer) -> str:
    return offer.decision.reason if isinstance(offer.decision, Refused) else ""


@register.filter
def say_fault(fault: faults.Fault) -> str:
    """A fault in the reader's language, with its place."""
    return faults.say(fault)


@register.filter
def notice_text(notice: Notice) -> str:
    return notices.text(notice)


@register.filter
def webhook_fault(code: str) -> str:
    """Why a delivery did not arrive, in words."""
    return str(webhooks.FAULTS.get(code, code))


@register.filter
def drawn(plot: shapes.IntervalPlot, digits: int | str) -> SafeString:
    """The rows of an interval plot. Drawn here because a board has a hundred of them, and a template takes ten times as long."""
    zone = '<span class="zone" style="left:{}%;width:{}%"></span>'.format(*plot.zone) if plot.zone else ""
    return together(_row(placed, zone, int(digits)) for placed in plot.rows)


def _row(one: shapes.PlacedInterval, zone: str, digits: int) -> str:
    row = one.row
    words = f"{row.point:.{digits}f}"
    if row.low is not None and row.high is not None:
        words += f" [{row.low:.{digits}f}, {row.high:.{digits}f}]"
    label = escaped(row.label)
    linked = f'<a href="{escaped(row.url)}">{label}</a>' if row.url else label
    return (
        f"<div{TIED if row.tied else ''}><span>{linked}</span>"
        f'<span class="track" role="img" aria-label="{words}">{zone}'
        f'<span class="span" style="left:{one.start}%;width:{one.width}%"></span>'
        f'<span class="dot" style="left:{one.dot}%"></span></span></div>'
    )


TIED = ' class="tied"'


@register.filter
def lines(links: Iterable[Link]) -> SafeString:
    """Links of the navigation as lines of a list."""
    return together(f"<li>{_link(link)}</li>" for link in links)


@register.filter
def bare(links: Iterable[Link]) -> list[Link]:
    """The same without the mark of the current one."""
    return [replace(link, current="") for link in links]


@register.filter
def grouped(links: Iterable[Link]) -> SafeString:
    """Links of the account under the headings of their groups."""
    return together(_group(heading, inside) for heading, inside in navigation.grouped(links))


def _group(heading: str, links: Iterable[Link]) -> str:
    inside, words = "".join(map(_link, links)), escaped(heading)
    return f'<div class="nav upright" role="group" aria-label="{words}"><b aria-hidden="true">{words}</b>{inside}</div>'


def _link(link: Link) -> str:
    current = f' aria-current="{link.current}"' if link.current else ""
    return f'<a href="{escaped(link.address)}"{current}>{escaped(link.label)}</a>'


@register.filter
def placed(value: float, scale: shapes.Scale) -> str:
    """Where a value stands on a scale, in percent, the same in every language."""
    return scale.at(value)


@register.simple_tag
def stretch(scale: shapes.Scale, first: float, last: float) -> str:
    """The width between two values on a scale, in percent."""
    return scale.width(first, last)


@register.filter
def percent(value: float, whole: float = 1.0) -> str:
    """A share of `whole` as a percentage that CSS reads: "0.0" to "100.0"."""
    return f"{100 * min(max(value / whole, 0.0), 1.0):.1f}" if whole else "0.0"


@register.filter
def highlighted(body: str, words: str) -> list[tuple[str, bool]]:
    """The part of a found text that shows why it was found, as `(piece, is_hit)`."""
    return text.highlight(body, text.parse_query(words), width=200)


@register.filter
def other_language(code: str) -> str:
    """The language one can switch to."""
    return "en" if (code or get_language() or "ko").startswith("ko") else "ko"


@register.filter
def days_left(moment: Any) -> int:
    """Whole days from now until `moment`, never below zero."""
    return max(int((moment - clock.now()).days), 0)
