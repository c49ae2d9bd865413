"""What rests on what: the graph of prerequisites, which never turns back on itself."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from dure.engines.faults import Fault, Faulty


def in_order(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Every slug after all that it needs. Raises Faulty (`skill_cycle`, `path` names the slugs of the circle)."""
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise Faulty([Fault("skill_cycle", {"path": circle})]) from error


def needed_by(needs: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The same edges seen from the other end: for each slug, who needs it, and at which level."""
    turned: dict[str, dict[str, int]] = {slug: {} for slug in needs}
    for slug, wanted in needs.items():
        for other, level in wanted.items():
            turned[other][slug] = level
    return turned
