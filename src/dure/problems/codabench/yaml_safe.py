"""A bundle's YAML: read with bounds, its faults and warnings put among the notes."""

from typing import Any

from dure.engines.bounded_yaml import Bounds, load
from dure.problems.codabench.limits import Limits
from dure.problems.codabench.notes import Notes


def load_yaml(text: str, *, limits: Limits, notes: Notes, place: str) -> Any:
    """The plain values of one YAML document; None with a fault in `notes` (and its line) where it is refused."""
    loaded = load(text, Bounds(depth=limits.yaml_depth, nodes=limits.yaml_nodes))
    if loaded.fault is not None:
        notes.take(loaded.fault, place)
    for key, row in loaded.doubled:
        notes.warn("yaml_key_twice", place, row=row, key=key[:80])
    return loaded.value
