"""A receiver of webhooks on loopback, over real TLS with its own certificate, that checks the signature as a stranger would."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dure.foundation import clock
from tests.background import in_background


def certificate(folder: Path) -> Path:
    """A self-signed certificate for 127.0.0.1 with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    now = clock.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "receiver.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def is_genuine(key: str, headers: Any, body: bytes) -> bool:
    """The check the how-to gives to receivers."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.digest(base64.b64decode(key.removeprefix("whsec_")), signed, hashlib.sha256)
    return hmac.compare_digest(headers["webhook-signature"], "v1," + base64.b64encode(mac).decode())


class Receiver(ThreadingHTTPServer):
    """`answer` is what it says to the next requests, `dripping` how slowly; `got` is what arrived: (headers, body).

    `pages` are what stands at its paths; `promised` is by how much the length it names is too large.
    """

    answer = 204
    dripping = 0.0
    location = ""
    promised = 0

    def __init__(self, pem: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[Any, bytes]] = []
        self.pages: dict[str, bytes] = {}
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.server_port}/hook?room=7"

    def at(self, path: str) -> str:
        """The address of a path of it."""
        return f"https://127.0.0.1:{self.server_port}{path}"

    def texts(self) -> list[str]:
        return [json.loads(body)["text"] for _headers, body in self.got]

    def handle_error(self, *_args: Any) -> None:
        """A client that has heard enough hangs up."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_GET(self) -> None:
        self.server.got.append((self.headers, b"GET"))
        page = self.server.pages.get(self.path)
        if page is None:
            self._say()
            return
        length = len(page) + self.server.promised
        self.wfile.write(f"HTTP/1.1 200 X\r\nContent-Length: {length}\r\n\r\n".encode() + page)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.headers, body))
        self._say()

    def _say(self) -> None:
        where = f"Location: {self.server.location}\r\n" if self.server.location else ""
        said = f"HTTP/1.1 {self.server.answer} X\r\n{where}\r\n".encode()
        for at in range(len(said)):
            self.wfile.write(said[at : at + 1])
            self.wfile.flush()
            time.sleep(self.server.dripping)

    def log_message(self, *_args: Any) -> None:
        """Stay quiet."""


@contextmanager
def receiving(pem: Path) -> Iterator[Receiver]:
    with Receiver(pem) as receiver, in_background(receiver.serve_forever, stop=receiver.shutdown):
        yield receiver
