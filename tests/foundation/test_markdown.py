"""People's Markdown can format and link, and do nothing else."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation.markdown import render

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://tracker.example/p.png)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="https://a.example" onclick="alert(1)" style="position:fixed">x</a>',
    "<svg onload=alert(1)><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=//evil.example></iframe><object data=x></object><embed src=x>",
    "<form action=/me/delete method=post><input name=x><button>go</button></form>",
    "<base href=https://evil.example/><link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<style>*{display:none}</style>",
    '<div id="id_name" class="danger" data-confirm="x" hx-get="/me/delete" hx-trigger="load">x</div>',
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "`<script>`\n\n```html\n</code></pre><script>alert(1)</script>\n```",
    '[x](https://a.example "\\" onmouseover=alert(1)")',
    "<details open ontoggle=alert(1)>x</details><video><source onerror=alert(1)></video>",
    "<c-action_bar /> {% include 'x' %} {{ settings.SECRET_KEY }}",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]


class Reader(HTMLParser):
    """Notes every tag and attribute a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def read(source: str) -> Reader:
    reader = Reader()
    reader.feed(render(source))
    return reader


FORBIDDEN = {
    "script",
    "style",
    "img",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "base",
    "link",
    "meta",
    "video",
    "audio",
    "source",
}


def assert_harmless(source: str) -> None:
    seen = read(source)
    assert not seen.tags & FORBIDDEN
    for name, value in seen.attributes:
        assert not name.startswith(("on", "hx-", "data-"))
        assert name not in {"style", "id", "class", "srcset", "action"}
        assert name != "href" or scheme_of(value) in {"", "http", "https", "mailto"}


def scheme_of(url: str) -> str:
    """As a browser reads it: blanks and control characters in front, and line ends anywhere, do not count."""
    found = SCHEME.match(re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", url))
    return found[1].lower() if found else ""


@pytest.mark.parametrize("source", ATTACKS)
def test_an_attack_is_only_text(source: str) -> None:
    assert_harmless(source)


@given(
    st.lists(st.sampled_from(ATTACKS) | st.text("<>\"'=/:&;#[]()!` \nax", max_size=12), max_size=6).map(
        "".join
    )
)
def test_no_mixture_of_attacks_gets_through(source: str) -> None:
    assert_harmless(source)


def test_formatting_tables_and_links_stay() -> None:
    html = render("# 제목\n\n**굵게** ~~지움~~\n\n|a|b|\n|-|-|\n|1|2|\n\n[곳](https://a.example)")
    for piece in (
        "<strong>굵게</strong>",
        "<s>지움</s>",
        "<td>1</td>",
        'href="https://a.example"',
        "noopener",
    ):
        assert piece in html


@pytest.mark.parametrize("piece", ["<b>", "> ", "*", "[", "![a](", "<div>", "- ", "`", "&lt;", "|"])
def test_depth_and_length_break_nothing(piece: str) -> None:
    assert isinstance(render(piece * 5_000), str)
