"""Badges in pictures: what is baked comes out, and no picture of a stranger does more than be refused."""

from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines import credentials as ob
from dure.engines.faults import Faulty
from tests.engines.credentials.given import token

EMPTY = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
LAUGHS = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>"""
OUTSIDE = """<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>"""


def root_of(picture: str) -> minidom.Element:
    """What another reader of XML makes of a picture of ours."""
    root = minidom.parseString(picture.encode()).documentElement  # noqa: S318 - our own picture
    assert root is not None
    return root


def codes(content: bytes) -> list[str]:
    with pytest.raises(Faulty) as refused:
        ob.read(content)
    return [fault.code for fault in refused.value.faults]


def test_a_token_that_was_baked_is_read_back_and_stands_directly_in_the_root() -> None:
    picture = ob.draw(
        name=ob.Text("산업 <AI> & 실무", "Industry AI"), issuer="두레", below="김하늘 2026-10-31"
    )
    baked = ob.bake(picture, token())
    assert ob.read(baked.encode()) == token()
    first = root_of(baked).firstChild
    assert isinstance(first, minidom.Element)
    assert first.namespaceURI == "https://purl.imsglobal.org/ob/v3p0"
    assert (first.localName, first.getAttribute("verify")) == ("credential", token())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_whatever_is_baked_comes_out(text: str) -> None:
    assert ob.read(ob.bake(EMPTY, text).encode()) == text


def test_attributes_of_the_root_may_hold_the_sign_that_ends_a_tag() -> None:
    odd = (
        '<?xml version="1.0"?><!-- > --><svg\n data-a="1 > 0" xmlns="http://www.w3.org/2000/svg" ><g/></svg>'
    )
    assert ob.read(ob.bake(odd, "a.b.c").encode()) == "a.b.c"


def test_a_picture_holds_one_credential_only() -> None:
    with pytest.raises(Faulty) as refused:
        ob.bake(ob.bake(EMPTY, "a.b.c"), "d.e.f")
    assert [fault.code for fault in refused.value.faults] == ["credential_baked_already"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg",
        b"<html></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg">&undefined;</svg>',
        LAUGHS.encode(),
        OUTSIDE.encode(),
        b'<?xml version="1.0" encoding="no-such"?><svg/>',
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 400 + b"</g>" * 400 + b"</svg>",
        b"\x00\x01\x02",
    ],
    ids=["empty", "cut", "no svg", "entity", "bomb", "outside", "encoding", "deep", "bytes"],
)
def test_what_is_no_harmless_picture_is_refused(content: bytes) -> None:
    assert codes(content) == ["credential_no_svg"]


def test_a_picture_without_a_credential_or_too_large_says_so() -> None:
    assert codes(EMPTY.encode()) == ["credential_not_baked"]
    assert codes(b" " * (1024 * 1024 + 1)) == ["credential_file_too_large"]


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(content: bytes) -> None:
    for begin in (b"", b'<svg xmlns="http://www.w3.org/2000/svg">'):
        try:
            ob.read(begin + content)
        except Faulty:
            continue


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_name_makes_a_picture_that_can_be_read(ko: str, en: str) -> None:
    clean = [
        "".join(sign for sign in text if sign.isprintable() and not 0xD800 <= ord(sign) <= 0xDFFF)
        for text in (ko, en)
    ]
    drawn = ob.draw(name=ob.Text(*clean), issuer=clean[0], below=clean[1])
    assert root_of(drawn).namespaceURI == "http://www.w3.org/2000/svg"


ENVELOPE = '{"@context":"https://www.w3.org/ns/credentials/v2","id":"data:application/vc+jwt,a.b.c","type":"EnvelopedVerifiableCredential"}'


@pytest.mark.parametrize(
    "content",
    [
        b" a.b.c\n",
        b"\xef\xbb\xbfa.b.c",
        b'"a.b.c"',
        ENVELOPE.encode(),
        b'{"compactJwsString": ["a.b.c"]}',
        ob.bake(EMPTY, "a.b.c").encode(),
        ob.bake(EMPTY, "a.b.c").encode("utf-16"),
    ],
    ids=["text", "mark", "json text", "envelope", "service", "picture", "utf-16 picture"],
)
def test_the_token_is_found_in_each_form_it_travels_in(content: bytes) -> None:
    assert ob.token_in(content) == "a.b.c"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "credential_malformed"),
        (b"[" * 100_000, "credential_malformed"),
        (b"\xff\xff", "credential_malformed"),
        (b'{"@context": [], "type": ["VerifiableCredential"]}', "credential_unsigned"),
        (b"[1]", "credential_unsigned"),
        (b'{"compactJwsString": ["a", "b"]}', "credential_unsigned"),
        (b"\x89PNG\r\n\x1a\n", "credential_png"),
        (b"x" * (1024 * 1024 + 1), "credential_file_too_large"),
    ],
)
def test_what_holds_no_signed_credential_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Faulty) as refused:
        ob.token_in(content)
    assert [fault.code for fault in refused.value.faults] == [code]
