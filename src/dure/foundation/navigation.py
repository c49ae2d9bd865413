"""What stands in the header: each app adds its entry; the shell shows those a person may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from dure.foundation.addresses import address


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the main navigation. `shown` may hide it from people who cannot use it."""

    label: str | Promise
    url_name: str
    order: int
    shown: Callable[[Any], bool]
    place: str = "main"


_entries: list[Entry] = []


def add(
    label: str | Promise,
    url_name: str,
    *,
    order: int,
    shown: Callable[[Any], bool] = lambda _person: True,
    place: str = "main",
) -> None:
    """Add a link to the header (`place="main"`) or to the menu under the person's name (`place="account"`)."""
    _entries.append(Entry(label, url_name, order, shown, place))


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the menu draws it: `current` is "page" on its own page, "true" within its part, else empty."""

    label: str
    address: str
    current: str


def links(person: Any, path: str, place: str = "main") -> list[Link]:
    """The entries this person sees with their addresses; of several that fit the path, the longest is the current one."""
    found = [(entry.label, address(entry.url_name)) for entry in entries(person, place)]
    within = [
        address for _label, address in found if path == address or path.startswith(f"{address.rstrip('/')}/")
    ]
    nearest = max(within, key=len, default=None)
    return [Link(str(label), address, _current(address, nearest, path)) for label, address in found]


def _current(address: str, nearest: str | None, path: str) -> str:
    if address != nearest:
        return ""
    return "page" if address == path else "true"


def entries(person: Any, place: str = "main") -> list[Entry]:
    """The entries this person sees in one place, in order."""
    mine = (entry for entry in _entries if entry.place == place and entry.shown(person))
    return sorted(mine, key=lambda entry: entry.order)
