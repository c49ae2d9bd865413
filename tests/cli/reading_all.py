"""Read every page that can be reached from the front page, as a person would by following links."""

import hashlib
import io
import re
import zipfile
from urllib.parse import urljoin, urlsplit

import httpx

LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')
# Made anew for each answer: tokens against forgery, the keys by which a form is taken once, and how far the clock has counted.
FLEETING = re.compile(
    r'(?:csrfmiddlewaretoken|name="key)" value="[^"]+"|"X-CSRFToken": *"[^"]+"'
    r"|<time [^>]*>[^<]*</time>까지 집계했습니다|Counted until <time [^>]*>[^<]*</time>"
)
# Signing in goes back to where one was, so each page has its own address for it. Exports and workbooks say when they were
# made, and taking one leaves a line in the trail.
NOT_READ = re.compile(
    r"^/(?:static/|account/(?:login|signup)/\?|audit|me/export|imports/template"
    r"|courses/[^/]+/learners/export\?form=xlsx|(?:ledger|members|contact-book|scouting|calls).*[?&]as=xlsx)"
)
MOST = 400


def enter(client: httpx.Client, path: str) -> None:
    """Use a one-time link, which asks for one more click."""
    page = client.get(path)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token, page.text
    answer = client.post(path, data={"csrfmiddlewaretoken": token[1]}, headers={"Referer": str(page.url)})
    assert answer.status_code == 200, answer.text


def read_all(client: httpx.Client, *, start: str = "/") -> dict[str, str]:
    """Every address reached, with what it answers: the status, and the hash of its content."""
    found: dict[str, str] = {}
    waiting = [start]
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = client.get(path)
        found[path] = f"{answer.status_code} {_hash(answer)}"
        waiting.extend(_links(answer, client))
    return found


def _links(answer: httpx.Response, client: httpx.Client) -> list[str]:
    if "html" not in answer.headers.get("content-type", ""):
        return []
    addresses = [urljoin(str(answer.url), link.replace("&amp;", "&")) for link in LINK.findall(answer.text)]
    here = [urlsplit(address) for address in addresses if address.startswith(str(client.base_url))]
    paths = [f"{url.path}?{url.query}" if url.query else url.path for url in here]
    return [path for path in paths if not NOT_READ.match(path)]


def _hash(answer: httpx.Response) -> str:
    return hashlib.sha256(_lasting(answer, answer.headers.get("content-type", ""))).hexdigest()


def _lasting(answer: httpx.Response, kind: str) -> bytes:
    """What it says, without what is made anew for each answer and the address where it is served."""
    host = answer.url.netloc.decode()
    if "html" in kind:
        return FLEETING.sub("", answer.text.replace(host, "")).encode()
    if "calendar" in kind:
        return answer.text.replace("\r\n ", "").replace(host, "").encode()  # its lines are folded
    if "spreadsheetml" in kind:
        return _cells(answer.content)
    return answer.content


def _cells(workbook: bytes) -> bytes:
    """All that a workbook holds, without the hour at which it was written."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        names = sorted(set(parts.namelist()) - {"docProps/core.xml"})
        return b"".join(name.encode() + parts.read(name) for name in names)
