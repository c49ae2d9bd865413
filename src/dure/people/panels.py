"""Parts of people's pages that higher floors add: an organisation's problems, a person's results, what teaches a skill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Build = Callable[[Any, Any], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A section: its template and what fills it for one reader."""

    template: str
    context: Mapping[str, Any]


_builders: dict[str, list[tuple[int, str, Build]]] = {"organisation": [], "person": [], "skill": []}


def register_panel(page: str, template: str, build: Build, *, order: int = 50) -> None:
    """Add a section to every `organisation`, `person` or `skill` page.

    `build(reader, subject)` returns the context of `template` in a fixed number of queries, or None for no section.
    The template finds it as `panel`.
    """
    _builders[page].append((order, template, build))


def panels(page: str, reader: Any, subject: Any) -> list[Panel]:
    """The sections this reader gets, in order."""
    found = []
    for _order, template, build in sorted(_builders[page], key=lambda entry: entry[0]):
        context = build(reader, subject)
        if context is not None:
            found.append(Panel(template, context))
    return found
