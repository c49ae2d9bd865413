"""docs/reference/workflows.md: every entity's states, moves and picture."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from dure.foundation.workflow import WORKFLOWS, State, Transition, Workflow

_HEAD = """# Workflows

Made from the transition tables by `./dure manage reference --write`; a test keeps the two equal. `perform` is the only writer of a
state: it locks the row, asks who, asks the guard and the gate, makes the effect, and writes trail and event in one transaction.

A rule or guard is given by its function's name. A gate is a precondition that a higher floor may fill; without one it is open.
"""


def document() -> str:
    return "\n".join([_HEAD, *(_entity(WORKFLOWS[name]) for name in sorted(WORKFLOWS))])


def _entity(table: Workflow) -> str:
    parts = [
        f"## {table.entity}: {_both(table.label)}\n",
        "```mermaid\nstateDiagram-v2\n" + "\n".join(_picture(table)) + "\n```\n",
        "| state | 상태 | label | tags |\n|---|---|---|---|\n" + "".join(map(_state, table.states)),
        "| action | 행동 | label | from | to | who | guard | gate |\n|---|---|---|---|---|---|---|---|\n"
        + "".join(map(_move, table.transitions)),
    ]
    return "\n".join(parts)


def _picture(table: Workflow) -> Iterator[str]:
    yield f"    [*] --> {table.first.name}"
    for move in table.transitions:
        for source in move.sources:
            yield f"    {source} --> {move.target}: {move.action}"
    left = {source for move in table.transitions for source in move.sources}
    for state in table.states:
        if state.name not in left:
            yield f"    {state.name} --> [*]"


def _state(state: State) -> str:
    tags = ", ".join(f"`{tag}`" for tag in sorted(state.tags)) or "–"
    return f"| `{state.name}` | {_in('ko', state.label)} | {_in('en', state.label)} | {tags} |\n"


def _move(move: Transition) -> str:
    sources = ", ".join(f"`{source}`" for source in move.sources)
    names = f"| `{move.action}` | {_in('ko', move.label)} | {_in('en', move.label)} | {sources} | `{move.target}` "
    gate = f"`{move.gate}`" if move.gate else "–"
    return f"{names}| {_name(move.actor)} | {_name(move.guard)} | {gate} |\n"


def _name(function: Callable[..., Any] | None) -> str:
    return f"`{function.__qualname__.removesuffix('.<locals>.rule')}`" if function else "–"


def _both(label: str | Promise) -> str:
    return f"{_in('ko', label)}, {_in('en', label)}"


def _in(language: str, label: str | Promise) -> str:
    with translation.override(language):
        return str(label)
