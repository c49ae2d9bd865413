"""Speaking to addresses that people named: over https, to the public internet only, briefly, and never further than asked.

A name is resolved once, every address behind it is checked, and the connection goes to the checked address, so that a name server
cannot lead us into our own network between check and use. Of the answer to what we send nothing is read but its first line; what we
ask for is read up to a bound.
"""

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure import __version__

SECONDS = 10.0
"""For all of it after the name is resolved: connecting, TLS, sending, and what is read of the answer."""
LONGEST = 500
_MOST_READ = 1024
_MOST_HEAD = 8192
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)[ \r\n]")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d{1,12})\r\n", re.IGNORECASE)
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
T = TypeVar("T")

FAULTS: dict[str, str | Promise] = {
    "no_address": _(
        "This is no https address. It begins with https:// and names a host, without a password in it."
    ),
    "too_long": _("The address is longer than 500 characters."),
    "unknown_host": _("Nobody knows this host. Check the spelling."),
    "not_public": _(
        "This address leads into a private network, where we send nothing. The operator can allow the host (DURE_WEBHOOK_HOSTS)."
    ),
    "no_connection": _("Nobody answered at this address."),
    "tls": _("The certificate of this address is not trusted, or TLS failed."),
    "timeout": _("The receiver took too long."),
    "no_http": _("The answer was no HTTP."),
    "redirected": _("The receiver sent us on to another address, which we do not follow."),
    "refused": _("The receiver did not take it."),
    "too_large": _("What stands there is larger than we read."),
    "cut_off": _("The answer ended too early."),
}


class OutwardError(Exception):
    """Why nothing arrived: a code of `FAULTS`, and the HTTP status where there was one."""

    def __init__(self, code: str, status: int | None = None) -> None:
        super().__init__(code)
        self.code, self.status = code, status


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be spoken to: the name for TLS and the header, the checked network address, what to ask for."""

    host: str
    port: int
    ip: str
    path: str


def target(url: str) -> Target:
    """Where `url` leads, after asking the name server. Raises OutwardError when we do not go there."""
    parts = _parsed(url)
    host, port = parts.hostname or "", parts.port or 443
    ips = _resolved(host, port)
    if host not in settings.WEBHOOK_HOSTS and not all(is_public(ip) for ip in ips):
        raise OutwardError("not_public")
    path = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
    return Target(host, port, str(ips[0]), path)


def _parsed(url: str) -> SplitResult:
    if len(url) > LONGEST:
        raise OutwardError("too_long")
    try:
        parts = urlsplit(url)
        is_fit = parts.scheme == "https" and parts.hostname and parts.port != 0
    except ValueError as error:
        raise OutwardError("no_address") from error
    if (
        not is_fit
        or parts.username is not None
        or "@" in parts.netloc
        or re.search(r"[\s\x00-\x1f\x7f\\]", url)
    ):
        raise OutwardError("no_address")
    return parts


def _resolved(host: str, port: int) -> list[Ip]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OutwardError("unknown_host") from error
    return [ipaddress.ip_address(str(where[0]).partition("%")[0]) for *_rest, where in found]


def is_public(ip: Ip) -> bool:
    """Whether the address is one of the public internet, also when it carries another address inside."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send the body; returns the status when the receiver took it (2xx). Raises OutwardError otherwise."""
    where, until = target(url), time.monotonic() + SECONDS
    with _told():
        status = _ask(where, _request(where, body, headers), until, _status)
    _demand_taken(status)
    return status


def fetch(url: str, *, most: int) -> bytes:
    """What stands at an address, if it is at most `most` bytes. Raises OutwardError otherwise."""
    where, until = target(url), time.monotonic() + SECONDS
    with _told():
        said = _ask(where, _question(where), until, partial(_all_of, most=most + _MOST_HEAD))
    head, between, body = said.partition(b"\r\n\r\n")
    found = _STATUS.match(head)
    if found is None or not between or b"\ntransfer-encoding:" in head.lower():
        raise OutwardError("no_http")
    _demand_taken(int(found.group(1)))
    if len(body) > most:
        raise OutwardError("too_large")
    length = _LENGTH.search(head + b"\r\n")
    if length and int(length.group(1)) > len(body):
        raise OutwardError("cut_off")
    return body


@contextmanager
def _told() -> Iterator[None]:
    """What can go wrong on the way, as one kind of error."""
    try:
        yield
    except TimeoutError as error:
        raise OutwardError("timeout") from error
    except ssl.SSLError as error:
        raise OutwardError("tls") from error
    except OSError as error:
        raise OutwardError("no_connection") from error


def _demand_taken(status: int) -> None:
    if not 200 <= status < 300:
        raise OutwardError("redirected" if 300 <= status < 400 else "refused", status)


def _request(where: Target, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = {
        "Host": _host(where),
        "User-Agent": f"Dure/{__version__}",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {where.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


def _question(where: Target) -> bytes:
    """In the old version of HTTP, which has no answers in pieces."""
    agent = f"User-Agent: Dure/{__version__}\r\nAccept: application/json, application/jwt, */*"
    return f"GET {where.path} HTTP/1.0\r\nHost: {_host(where)}\r\n{agent}\r\n\r\n".encode("ascii")


def _host(where: Target) -> str:
    host = f"[{where.host}]" if ":" in where.host else where.host.encode("idna").decode()
    return host if where.port == 443 else f"{host}:{where.port}"


def _ask(where: Target, request: bytes, until: float, read: Callable[[ssl.SSLSocket, float], T]) -> T:
    context = ssl.create_default_context()
    plain = socket.create_connection((where.ip, where.port), timeout=_left(until))
    with (
        plain,
        context.wrap_socket(plain, server_hostname=where.host, do_handshake_on_connect=False) as secured,
    ):
        secured.settimeout(_left(until))
        secured.do_handshake()
        secured.settimeout(_left(until))
        secured.sendall(request)
        return read(secured, until)


def _status(secured: ssl.SSLSocket, until: float) -> int:
    """The receiver may drip: each piece gets only what is left of the time, and the line only so many bytes."""
    said = b""
    while b"\n" not in said and len(said) < _MOST_READ:
        secured.settimeout(_left(until))
        piece = secured.recv(_MOST_READ)
        if not piece:
            break
        said += piece
    found = _STATUS.match(said)
    if found is None:
        raise OutwardError("no_http")
    return int(found.group(1))


def _all_of(secured: ssl.SSLSocket, until: float, *, most: int) -> bytes:
    """Everything until the other side hangs up, and one byte more than `most` where it does not."""
    said = b""
    while len(said) <= most:
        secured.settimeout(_left(until))
        piece = secured.recv(65536)
        if not piece:
            break
        said += piece
    return said


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
