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


_entries: list[Entry] = []


def add(
    label: str | Promise, url_name: str, *, order: int, shown: Callable[[Any], bool] = lambda _person: True
) -> None:
    _entries.append(Entry(label, url_name, order, shown))


def entries(person: Any) -> list[Entry]:
    """The entries this person sees, in order."""
    return sorted((entry for entry in _entries if entry.shown(person)), key=lambda entry: entry.order)
