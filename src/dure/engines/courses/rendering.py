"""A lesson's Markdown as HTML that may stand in a page: mathematics as MathML, figures from one place, nothing that acts."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import nh3
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

_MATHML: Final = frozenset(
    (
        *("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mstyle", "mpadded", "mphantom"),
        *("msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "munder", "mover", "munderover"),
        *("mtable", "mtr", "mtd", "mmultiscripts", "mprescripts"),
    )
)
_TAGS: Final = nh3.ALLOWED_TAGS | _MATHML
_ATTRIBUTES: Final[Mapping[str, set[str]]] = {
    "a": {"href"},
    "img": {"src", "alt", "loading"},
    "code": {"class"},
    "th": {"class"},
    "td": {"class"},
    "ol": {"start"},
    "math": {"xmlns", "display"},
    "mo": {"stretchy", "fence", "form", "separator", "minsize", "maxsize"},
    "mi": {"mathvariant"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mspace": {"width"},
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "mtd": {"columnalign"},
}


class MathError(ValueError):
    """A formula that cannot be read."""


def math(source: str, *, block: bool) -> str:
    """A LaTeX formula as MathML. Raises MathError, also for a command that is not known."""
    try:
        made: str = convert(source, display="block" if block else "inline")
    except Exception as error:
        raise MathError(source) from error
    if "\\" in made:
        raise MathError(source)
    return made


def formulas(text: str) -> list[tuple[int, str, bool]]:
    """Every formula of a text with its line (from 0) and whether it stands alone."""
    return [
        (token.map[0] if token.map else 0, one.content, "block" in one.type)
        for token in _PARSER.parse(text)
        for one in (token, *(token.children or ()))
        if one.type.startswith("math_")
    ]


def render(text: str, *, figure: Callable[[str], str]) -> str:
    """HTML of a text; `figure` gives the address of `figures/…`. A formula that cannot be read stands as it was written."""
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type in ("th_open", "td_open") and "right" in str(token.attrs.pop("style", "")):
            token.attrSet("class", "num")
        for one in token.children or ():
            if one.type == "image":
                _place(one, figure)
    made = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return nh3.clean(
        made,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def _place(image: Token, figure: Callable[[str], str]) -> None:
    image.attrSet("src", figure(str(image.attrGet("src") or "")))
    image.attrSet("loading", "lazy")


def _math_or_source(content: str, options: Mapping[str, Any]) -> str:
    try:
        return math(content, block=bool(options["display_mode"]))
    except MathError:
        return content.replace("&", "&amp;").replace("<", "&lt;")


_PARSER: Final = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .enable("strikethrough")
    .use(dollarmath_plugin, allow_space=False, double_inline=True, renderer=_math_or_source)
)
