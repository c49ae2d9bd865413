"""What stands in the header: each app adds its entry; the shell shows those a person may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


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


def entries(person: Any, place: str = "main") -> list[Entry]:
    """The entries this person sees in one place, in order."""
    mine = (entry for entry in _entries if entry.place == place and entry.shown(person))
    return sorted(mine, key=lambda entry: entry.order)
