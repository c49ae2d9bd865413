"""What a person sees whose lab does not answer: a page that goes on by itself, by way of the hub, which starts the lab anew."""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

WAIT_S = 3
_PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="{wait};url={onward}"><title>Dure</title></head>
<body style="font-family:sans-serif;max-width:36em;margin:4em auto;padding:0 1em;line-height:1.6">
<p>실습 환경이 지금 응답하지 않습니다. 잠시 뒤 저절로 다시 시작합니다. 저장한 파일은 그대로 있습니다.</p>
<p lang="en">This lab does not answer right now. It starts again by itself in a moment; what was saved is there.</p>
<p><a href="{onward}">계속 · <span lang="en">Go on</span></a></p></body></html>"""


def page(method: str, address: str, headers: Mapping[str, str], prefix: str) -> str | None:
    """A page for a person who goes to an address below a lab's prefix; None for a program, and where no lab is meant."""
    onward = through_the_hub(method, address, headers, prefix)
    return None if onward is None else _PAGE.format(wait=WAIT_S, onward=escape(onward, quote=True))


def through_the_hub(method: str, address: str, headers: Mapping[str, str], prefix: str) -> str | None:
    """The way to the same address by the hub, which asks who is there and starts the lab; None as for `page`."""
    parts = prefix.strip("/").split("/")
    if parts[0] != "user" or len(parts) != 2 or not _is_a_person_going_there(method, headers):
        return None
    return f"/hub/spawn/{parts[1]}?next={quote(address, safe='')}"


def _is_a_person_going_there(method: str, headers: Mapping[str, str]) -> bool:
    """Only who goes to a page is led on: a picture or a script of it would start labs behind people's backs."""
    going = headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return method == "GET" and going and "text/html" in headers.get("Accept", "")
