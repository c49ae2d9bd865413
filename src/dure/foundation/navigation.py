"""What stands in the header: each app adds its entry; the shell shows those a person may open."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.addresses import address

Group = Literal["work", "learning", "places", "settings", "running"]
GROUPS: Final[Mapping[Group, str | Promise]] = {
    "work": _("My work"),
    "learning": _("Learning and skills"),
    "places": _("Work and places"),
    "settings": _("Settings"),
    "running": _("Running the alliance"),
}
"""The headings of the menu under a person's name, in their order."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation. `shown` may hide it from people who cannot use it; `group` counts in the account's menu only."""

    label: str | Promise
    url_name: str
    order: int
    shown: Callable[[Any], bool]
    place: str = "main"
    group: Group = "work"


_entries: list[Entry] = []


def add(
    label: str | Promise,
    url_name: str,
    *,
    order: int,
    shown: Callable[[Any], bool] = lambda _person: True,
    place: str = "main",
    group: Group = "work",
) -> None:
    """Add a link to the header (`place="main"`) or, under the heading of its group, to the person's menu (`place="account"`)."""
    _entries.append(Entry(label, url_name, order, shown, place, group))


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the menu draws it: `current` is "page" on its own page, "true" within its part, else empty."""

    label: str
    address: str
    current: str
    group: Group = "work"


def links(person: Any, path: str, place: str = "main") -> list[Link]:
    """The entries this person sees with their addresses; of several that fit the path, the longest is the current one."""
    found = [(entry, address(entry.url_name)) for entry in entries(person, place)]
    within = [there for _entry, there in found if path == there or path.startswith(f"{there.rstrip('/')}/")]
    nearest = max(within, key=len, default=None)
    return [
        Link(str(entry.label), there, _current(there, nearest, path), entry.group) for entry, there in found
    ]


def grouped(links: Iterable[Link]) -> list[tuple[str, list[Link]]]:
    """Links under the headings of their groups; a group without links has none."""
    shown = list(links)
    sorted_out = [
        (str(heading), [link for link in shown if link.group == group]) for group, heading in GROUPS.items()
    ]
    return [(heading, inside) for heading, inside in sorted_out if inside]


def _current(address: str, nearest: str | None, path: str) -> str:
    if address != nearest:
        return ""
    return "page" if address == path else "true"


def entries(person: Any, place: str = "main") -> list[Entry]:
    """The entries this person sees in one place, in order."""
    mine = (entry for entry in _entries if entry.place == place and entry.shown(person))
    return sorted(mine, key=lambda entry: entry.order)
