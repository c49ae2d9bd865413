"""The package of an HWPX document: the parts that a reader looks for, in a zip without any clock."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from dure.engines.documents.checking import check
from dure.engines.documents.hwpx.looks import header_part
from dure.engines.documents.hwpx.markup import DECLARATION, SPACES, Attributes, element, part
from dure.engines.documents.hwpx.section import section_part
from dure.engines.documents.saying import cell_in_words
from dure.engines.documents.values import Document, Table, plain

MIMETYPE: Final = b"application/hwp+zip"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
PREVIEW: Final = 1_000
PARTS: Final = {
    "header": "Contents/header.xml",
    "section0": "Contents/section0.xml",
    "settings": "settings.xml",
}
PROGRAM: Final = "tagetApplication"
"""Misspelt in the standard itself."""


def to_hwpx(document: Document) -> bytes:
    """The document as HWPX; the same document gives the same bytes. Raises Faulty with every fault."""
    check(document)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", EPOCH), MIMETYPE, zipfile.ZIP_STORED)
        for name, body in _parts(document):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(document: Document) -> Iterator[tuple[str, bytes]]:
    yield "version.xml", _version()
    yield PARTS["header"], header_part()
    yield PARTS["section0"], section_part(document)
    yield "Preview/PrvText.txt", _preview(document).encode("utf-8")
    yield PARTS["settings"], _settings()
    yield "Contents/content.hpf", _contents(document)
    yield "META-INF/container.xml", _container()
    yield (
        "META-INF/manifest.xml",
        _plain("odf:manifest", "", odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"),
    )


def _plain(name: str, inside: str, /, **spaces: str) -> bytes:
    said = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in spaces.items())
    return f"{DECLARATION}<{name}{said}>{inside}</{name}>".encode()


def _version() -> bytes:
    numbers: Attributes = {"major": 5, "minor": 1, "micro": 1, "buildNumber": 0, "os": 1, "xmlVersion": "1.5"}
    made = element(
        "hv:HCFVersion", "", **{PROGRAM: "WORDPROCESSOR"}, **numbers, application="Dure", appVersion="1"
    )
    space = ' xmlns:hv="http://www.hancom.co.kr/hwpml/2011/version"'
    return (DECLARATION + made.replace("<hv:HCFVersion", "<hv:HCFVersion" + space)).encode()


def _settings() -> bytes:
    place = element("ha:CaretPosition", listIDRef=0, paraIDRef=0, pos=0)
    return _plain("ha:HWPApplicationSetting", place, ha=SPACES["ha"], config=SPACES["config"])


def _contents(document: Document) -> bytes:
    about = {
        "creator": document.author,
        "CreatedDate": f"{document.dated.isoformat()}T00:00:00Z" if document.dated else "",
    }
    metas = "".join(
        f'<opf:meta name="{name}" content="text">{escape(said)}</opf:meta>' for name, said in about.items()
    )
    title = element("opf:title", escape(document.title)) + element("opf:language", document.language)
    items = (
        element("opf:item", id=key, href=path, **{"media-type": "application/xml"})
        for key, path in PARTS.items()
    )
    spine = (element("opf:itemref", idref=key, linear="yes") for key in ("header", "section0"))
    inside = element("opf:metadata", title + metas) + element("opf:manifest", "".join(items))
    return part("opf:package", inside + element("opf:spine", "".join(spine)), version="", id="")


def _container() -> bytes:
    files = {"Contents/content.hpf": "application/hwpml-package+xml", "Preview/PrvText.txt": "text/plain"}
    roots = "".join(
        element("ocf:rootfile", **{"full-path": path, "media-type": kind}) for path, kind in files.items()
    )
    spaces = {"ocf": "urn:oasis:names:tc:opendocument:xmlns:container", "hpf": SPACES["hpf"]}
    return _plain("ocf:container", element("ocf:rootfiles", roots), **spaces)


def _preview(document: Document) -> str:
    """The beginning as plain text, for the list of files in which somebody looks for it."""
    said = [document.title, document.subtitle]
    for block in document.blocks:
        if isinstance(block, Table):
            said += [
                " ".join(cell_in_words(*pair) for pair in zip(row, block.columns, strict=True))
                for row in block.rows
            ]
        else:
            said.append(plain(getattr(block, "prose", getattr(block, "text", getattr(block, "title", "")))))
    return "\r\n".join(line for line in said if line)[:PREVIEW]
