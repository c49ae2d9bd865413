"""XML as text: elements with their attributes, everything escaped, and nothing that a reader would have to resolve."""

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dure.engines.documents.saying import lines_of

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SPACES: Final = {
    "ha": "http://www.hancom.co.kr/hwpml/2011/app",
    "hp": "http://www.hancom.co.kr/hwpml/2011/paragraph",
    "hp10": "http://www.hancom.co.kr/hwpml/2016/paragraph",
    "hs": "http://www.hancom.co.kr/hwpml/2011/section",
    "hc": "http://www.hancom.co.kr/hwpml/2011/core",
    "hh": "http://www.hancom.co.kr/hwpml/2011/head",
    "hhs": "http://www.hancom.co.kr/hwpml/2011/history",
    "hm": "http://www.hancom.co.kr/hwpml/2011/master-page",
    "hpf": "http://www.hancom.co.kr/schema/2011/hpf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "opf": "http://www.idpf.org/2007/opf/",
    "ooxmlchart": "http://www.hancom.co.kr/hwpml/2016/ooxmlchart",
    "hwpunitchar": "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar",
    "epub": "http://www.idpf.org/2007/ops",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
}
"""Hancom's program looks for all of them at the root of each part."""

Attributes = dict[str, str | int]
"""What an element says about itself; an underscore in front of a name makes room for Python's own words."""


def element(name: str, inside: str = "", /, **attributes: str | int) -> str:
    """One element, closed at once where nothing is in it."""
    said = "".join(f" {key.lstrip('_')}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def part(name: str, inside: str, /, **attributes: str | int) -> bytes:
    """A part of the package: the root element with all namespaces."""
    spaces = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"{DECLARATION}<{name}{spaces}{said}>{inside}</{name}>".encode()


def text(words: str) -> str:
    """What stands in a run, with its line breaks."""
    lines = "<hp:lineBreak/>".join(escape(line) for line in lines_of(words))
    return f"<hp:t>{lines}</hp:t>"
