"""Badges as pictures: a token goes into an SVG ("baked", Open Badges 3.0 section 5.3.2) and comes out of one from a stranger."""

from typing import Any, Final, NoReturn
from xml.parsers import expat  # refuses what makes XML dangerous itself: see _refuse
from xml.sax.saxutils import quoteattr

from dure.engines.faults import Fault, Faulty

NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
SVG: Final = "http://www.w3.org/2000/svg"
MOST_BYTES: Final = 1024 * 1024
DEEPEST: Final = 256
_CREDENTIAL: Final = f"{NAMESPACE} credential"


class _Found(Exception):  # noqa: N818 - no error: it ends the reading as soon as the token is found
    """The token, where the reading stopped."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token


def bake(svg: str, token: str) -> str:
    """The picture with the token in it, directly behind the root's tag. Raises Faulty where it is no SVG or holds one already."""
    if read_if_any(svg.encode()) is not None:
        raise Faulty([Fault("credential_baked_already")])
    end = _end_of_root_tag(svg)
    element = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}" verify={quoteattr(token)}/>'
    declared = f' xmlns:openbadges="{NAMESPACE}"'
    return f"{svg[:end]}{declared}{svg[end]}{element}{svg[end + 1 :]}"


def read(content: bytes) -> str:
    """The token in a picture. Raises Faulty: no SVG, too large, with a document type, or without a credential."""
    token = read_if_any(content)
    if token is None:
        raise Faulty([Fault("credential_not_baked")])
    return token


def read_if_any(content: bytes) -> str | None:
    """As `read`, with None where the picture holds no credential. Reads no further than to the first one."""
    if len(content) > MOST_BYTES:
        raise Faulty([Fault("credential_file_too_large", {"limit": MOST_BYTES})])
    try:
        _parser().Parse(content, True)  # noqa: FBT003 - expat's own: this is all there is
    except _Found as found:
        return found.token
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Faulty([Fault("credential_no_svg")]) from error
    return None


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        depth[0] += 1
        if depth[0] > DEEPEST or (depth[0] == 1 and name != f"{SVG} svg"):
            raise ValueError("no picture, or one too deep")
        if name == _CREDENTIAL and "verify" in attributes:
            raise _Found(attributes["verify"])

    def end(_name: str) -> None:
        depth[0] -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    # Without a document type there are no entities: nothing expands, and nothing outside can be named.
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: Any) -> NoReturn:
    raise ValueError("a document type")


def _end_of_root_tag(svg: str) -> int:
    """Where the `>` of the root's tag stands. Attributes may hold that sign in quotes."""
    quote = ""
    for place in range(svg.index("<svg"), len(svg)):
        sign = svg[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == ">" and svg[place - 1] != "/":
            return place
        elif sign == ">":
            break
    raise Faulty([Fault("credential_no_svg")])
