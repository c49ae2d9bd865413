"""Sections of a page that other concepts and the floors above bring: each page of a kind has one register of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Build = Callable[[Any, Any], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A section: its template and what fills it for one reader."""

    template: str
    context: Mapping[str, Any]


class Sections:
    """Those of one kind of page."""

    def __init__(self) -> None:
        self._builders: list[tuple[int, str, Build]] = []

    def register(self, template: str, build: Build, *, order: int = 50) -> None:
        """Add a section to every such page.

        `build(reader, shown)` returns the context of `template` in a fixed number of queries, or None for no section.
        The template finds it as `panel`.
        """
        self._builders.append((order, template, build))

    def of(self, reader: Any, shown: Any) -> list[Panel]:
        """The sections this reader gets, in order."""
        ordered = sorted(self._builders, key=lambda entry: entry[0])
        found = [(template, build(reader, shown)) for _order, template, build in ordered]
        return [Panel(template, context) for template, context in found if context is not None]
