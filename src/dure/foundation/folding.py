"""Templates with what never changes put together: neighbouring text, translations, addresses and icons become one piece.

Rendering walks every node of a page, and most of ours say the same to everybody who reads the same language. Such nodes are
rendered once per language and kept as text. Only nodes that take nothing from the context are folded, so a piece can hold nothing
of a person.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from django.template import Context, Node, NodeList, Variable
from django.template.base import FilterExpression, Template, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dure.foundation.addresses import address
from dure.foundation.markup import escaped
from dure.foundation.templatetags.parts import icon


class Folding(base.Loader):
    """Folds a template when it is compiled."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        template.nodelist = fold(template.nodelist)
        return template


class Loader(cached.Loader, Folding):
    """Django's cached loader, which keeps every template as folded."""


class Constant(Node):
    """Neighbouring nodes whose text depends on the language alone, and on the place of the site where an address is among them."""

    child_nodelists = ()

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = list(nodes)
        self.placed = any(isinstance(node, URLNode) for node in self.nodes)
        self.texts: dict[Any, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        return self.render_annotated(context)

    def render_annotated(self, _context: Any) -> SafeString:
        key = (get_language(), get_script_prefix()) if self.placed else get_language()
        if key not in self.texts:
            self.texts[key] = SafeString("".join(str(node.render(Context())) for node in self.nodes))
        return self.texts[key]


class Value(VariableNode):
    """`{{ … }}` that goes straight for text and whole numbers, which are most of what pages show.

    Whole numbers stand as they are: settings.USE_THOUSAND_SEPARATOR is off.
    """

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is str and context.autoescape:
            return escaped(value)
        return str(value) if kind in PLAIN else render_value_in_context(value, context)


PLAIN: Final = frozenset((int, SafeString))


class Address(URLNode):
    """`{% url %}` with places to fill: each address is worked out once."""

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        found = address(name, *(arg.resolve(context) for arg in self.args))
        return escaped(found) if context.autoescape else found


class Sentence(BlockTranslateNode):
    """`{% blocktranslate %}` that takes its words apart once."""

    def __init__(self, node: BlockTranslateNode) -> None:
        self.__dict__.update(node.__dict__)
        self.apart = {id(tokens): super(Sentence, self).render_token_list(tokens) for tokens in self._lists()}

    def _lists(self) -> list[Any]:
        return [tokens for tokens in (self.singular, self.plural) if tokens]

    def render_token_list(self, tokens: Any) -> tuple[str, list[str]]:
        message, names = self.apart[id(tokens)]
        return message, list(names)


class Folded(NodeList):
    """A list that nobody changes any more, so that what it holds of a type is looked for once: each page asks for its blocks."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        super().__init__(nodes)
        self.found: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        if nodetype not in self.found:
            self.found[nodetype] = super().get_nodes_by_type(nodetype)
        return self.found[nodetype]


def fold(nodes: NodeList) -> NodeList:
    """The same nodes, with neighbours that never change in one."""
    folded: list[Node] = []
    for constant, group in groupby(nodes, _is_constant):
        neighbours = list(group)
        folded += _together(neighbours) if constant else map(_inside, neighbours)
    return Folded(folded)


def _together(nodes: list[Node]) -> list[Node]:
    """Bare text stays text: before `extends` Django allows nothing else."""
    return nodes if all(isinstance(node, TextNode) for node in nodes) else [Constant(nodes)]


def _inside(node: Node) -> Node:
    """The node itself or a quicker one in its place, with all that stands within it folded."""
    if type(node) is VariableNode:
        return Value(node.filter_expression)
    if type(node) is BlockTranslateNode:
        return Sentence(node)
    if type(node) is URLNode and node.asvar is None and not node.kwargs:
        return Address(node.view_name, node.args, node.kwargs, None)
    if isinstance(node, IfNode):
        node.conditions_nodelists = [(when, fold(then)) for when, then in node.conditions_nodelists]
        return node
    for name in node.child_nodelists:
        if isinstance(children := getattr(node, name, None), NodeList):
            setattr(node, name, fold(children))
    return node


def _is_constant(node: Node) -> bool:
    return any(isinstance(node, kind) and rule(node) for kind, rule in CONSTANT.items())


def _is_literal(expression: Any) -> bool:
    """Whether a tag's word stands in the template itself, between quotes."""
    if not isinstance(expression, FilterExpression) or expression.filters:
        return False
    return not isinstance(expression.var, Variable) or expression.var.lookups is None


def _is_icon(node: Any) -> bool:
    return (
        node.func is icon and node.target_var is None and not node.kwargs and all(map(_is_literal, node.args))
    )


CONSTANT: Final[Mapping[type[Node], Callable[[Any], bool]]] = {
    TextNode: lambda _node: True,
    CommentNode: lambda _node: True,
    LoadNode: lambda _node: True,
    TranslateNode: lambda node: (
        node.asvar is None and node.message_context is None and _is_literal(node.filter_expression)
    ),
    StaticNode: lambda node: node.varname is None and _is_literal(node.path),
    URLNode: lambda node: (
        node.asvar is None and not node.args and not node.kwargs and _is_literal(node.view_name)
    ),
    SimpleNode: _is_icon,
}
