"""People's Markdown: rendered, then sanitised. Raw HTML in it is cleaned, never trusted."""

import nh3
from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").enable("strikethrough")
_TAGS = nh3.ALLOWED_TAGS - {"img"} | {"table", "thead", "tbody", "tr", "th", "td"}
_SCHEMES = {"http", "https", "mailto"}


def render(source: str) -> str:
    """HTML that may stand in a page: no scripts, no styles, no remote pictures; links open with no referrer."""
    html = _parser.render(source)
    return nh3.clean(html, tags=set(_TAGS), url_schemes=_SCHEMES, link_rel="noopener noreferrer nofollow")
