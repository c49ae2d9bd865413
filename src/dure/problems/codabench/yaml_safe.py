"""YAML from a stranger: no tags, bounded depth, aliases counted as if written out, doubled keys reported."""

from typing import Any, Final

import yaml

from dure.problems.codabench.limits import Limits
from dure.problems.codabench.notes import Notes

_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_CHARACTERS_PER_NODE: Final = 64
_LARGEST: Final = 2**63  # Python refuses to print a number of thousands of digits


class _RefusedError(yaml.YAMLError):
    def __init__(self, code: str, row: int) -> None:
        super().__init__(code)
        self.code = code
        self.row = row


class _BoundedLoader(yaml.SafeLoader):
    """Composes the tree with bounds; the safe constructor then makes plain values of it."""

    def __init__(self, text: str, limits: Limits) -> None:
        super().__init__(text)
        self._limits = limits
        self._depth = 0
        self._sizes: dict[int, int] = {}
        self.doubled: list[tuple[str, int]] = []

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it bare
        row = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            return self._alias(super().compose_node(parent, index), row)
        if getattr(event, "tag", None) not in (None, _TEXT_TAG):
            raise _RefusedError("yaml_tag", row)
        self._depth += 1
        if self._depth > self._limits.yaml_depth:
            raise _RefusedError("yaml_too_deep", row)
        node = super().compose_node(parent, index)
        self._depth -= 1
        if node is not None:
            self._measure(node, row)
        return node

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node = super().compose_mapping_node(anchor)
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    self.doubled.append((key.value, key.start_mark.line + 1))
                seen.add(key.value)
        return node

    def _alias(self, node: yaml.Node | None, row: int) -> yaml.Node | None:
        if id(node) not in self._sizes:
            raise _RefusedError("yaml_alias_circle", row)
        return node

    def _measure(self, node: yaml.Node, row: int) -> None:
        size = 1 + sum(self._sizes[id(child)] for child in _children(node))
        if isinstance(node, yaml.ScalarNode):
            size += len(node.value) // _CHARACTERS_PER_NODE
        if size > self._limits.yaml_nodes:
            raise _RefusedError("yaml_too_many_nodes", row)
        self._sizes[id(node)] = size


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _or_its_text(name: str) -> Any:
    """The safe constructor of a kind of scalar; what it cannot read (30 February) stays the text it was."""
    construct = getattr(yaml.SafeLoader, f"construct_yaml_{name}")

    def constructed(loader: _BoundedLoader, node: yaml.ScalarNode) -> Any:
        try:
            value = construct(loader, node)
        except (ValueError, OverflowError):
            return node.value
        return node.value if isinstance(value, int) and abs(value) > _LARGEST else value

    return constructed


for _kind in ("int", "float", "timestamp"):
    _BoundedLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _or_its_text(_kind))


def load_yaml(text: str, *, limits: Limits, notes: Notes, place: str) -> Any:
    """The plain values of one YAML document; None with a fault in `notes` (and its line) where it is refused."""
    loader: _BoundedLoader | None = None
    try:
        loader = _BoundedLoader(text, limits)
        value = loader.get_single_data()
    except _RefusedError as refusal:
        _refuse(refusal, limits=limits, notes=notes, place=place)
        return None
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else None
        notes.fault("yaml_broken", place, row=row)
        return None
    except yaml.YAMLError:
        notes.fault("yaml_broken", place)
        return None
    finally:
        if loader is not None:
            loader.dispose()
    for key, row in loader.doubled:
        notes.warn("yaml_key_twice", place, row=row, key=key[:80])
    return value


def _refuse(refusal: _RefusedError, *, limits: Limits, notes: Notes, place: str) -> None:
    if refusal.code == "yaml_too_deep":
        notes.fault("yaml_too_deep", place, row=refusal.row, limit=limits.yaml_depth)
    elif refusal.code == "yaml_too_many_nodes":
        notes.fault("yaml_too_many_nodes", place, row=refusal.row, limit=limits.yaml_nodes)
    elif refusal.code == "yaml_alias_circle":
        notes.fault("yaml_alias_circle", place, row=refusal.row)
    else:
        notes.fault("yaml_tag", place, row=refusal.row)
