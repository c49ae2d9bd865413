"""YAML from a stranger: no tags, bounded depth, aliases counted as if written out, doubled keys reported."""

from dataclasses import dataclass
from typing import Any, Final

import yaml

from dure.engines.faults import Fault, gettext_noop

SENTENCES: Final = {
    "yaml_alias_circle": gettext_noop("An alias in the YAML holds itself."),
    "yaml_broken": gettext_noop("The YAML cannot be read from this line on."),
    "yaml_tag": gettext_noop("Tags such as “!!python” are not allowed in the YAML."),
    "yaml_too_deep": gettext_noop("The YAML is nested more than %(limit)s levels deep."),
    "yaml_too_many_nodes": gettext_noop(
        "The YAML has more than %(limit)s values when its aliases are written out."
    ),
}
_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_CHARACTERS_PER_NODE: Final = 64
_LARGEST: Final = 2**63  # Python refuses to print a number of thousands of digits


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a document may be: levels, and nodes after aliases are written out, a long text one for every 64 characters."""

    depth: int = 40
    nodes: int = 50_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """The plain values of one document, or a fault with its line; `doubled` are keys that stood twice, with their lines."""

    value: Any
    fault: Fault | None = None
    doubled: tuple[tuple[str, int], ...] = ()


class _RefusedError(yaml.YAMLError):
    def __init__(self, code: str, row: int) -> None:
        super().__init__(code)
        self.code = code
        self.row = row


class _BoundedLoader(yaml.SafeLoader):
    """Composes the tree with bounds; the safe constructor then makes plain values of it."""

    def __init__(self, text: str, bounds: Bounds) -> None:
        super().__init__(text)
        self._bounds = bounds
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
        if self._depth > self._bounds.depth:
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
        if size > self._bounds.nodes:
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


def load(text: str, bounds: Bounds) -> Loaded:
    """Read one YAML document. Faults: yaml_broken, yaml_tag, yaml_too_deep, yaml_too_many_nodes, yaml_alias_circle."""
    loader: _BoundedLoader | None = None
    try:
        loader = _BoundedLoader(text, bounds)
        value = loader.get_single_data()
    except _RefusedError as refusal:
        return Loaded(None, _refused(refusal, bounds))
    except yaml.MarkedYAMLError as error:
        return Loaded(
            None, Fault("yaml_broken", row=error.problem_mark.line + 1 if error.problem_mark else None)
        )
    except yaml.YAMLError:
        return Loaded(None, Fault("yaml_broken"))
    finally:
        if loader is not None:
            loader.dispose()
    return Loaded(value, doubled=tuple(loader.doubled))


def _refused(refusal: _RefusedError, bounds: Bounds) -> Fault:
    limits = {"yaml_too_deep": bounds.depth, "yaml_too_many_nodes": bounds.nodes}
    params = {"limit": limits[refusal.code]} if refusal.code in limits else {}
    return Fault(refusal.code, params, row=refusal.row)
