"""Parts of a need's page that come from the floors above, such as the team that is looked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dure.problems.models import Problem

Build = Callable[[Any, Problem], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A section: its template and what fills it for one reader."""

    template: str
    context: Mapping[str, Any]


_builders: list[tuple[int, str, Build]] = []


def register_need_panel(template: str, build: Build, *, order: int = 50) -> None:
    """Add a section to the page of every need.

    `build(reader, problem)` returns the context of `template` in a fixed number of queries, or None for no section.
    The template finds it as `panel`.
    """
    _builders.append((order, template, build))


def panels(reader: Any, problem: Problem) -> list[Panel]:
    """The sections this reader gets, in order."""
    ordered = sorted(_builders, key=lambda entry: entry[0])
    found = [(template, build(reader, problem)) for _order, template, build in ordered]
    return [Panel(template, context) for template, context in found if context is not None]
