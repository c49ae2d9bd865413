"""A connection that is really cut: a small proxy that closes its sockets where it is told to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from tests.background import LIMIT_S, in_background

Cut = Literal["answer", "upload", "bad gateway"]
"""`answer`: the server works and its answer is lost. `upload`: half of the file arrives. `bad gateway`: a proxy says 502."""
GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Line:
    """Stands between a client and the server at `port`; does to POSTs whatever is next in `cuts`, and lets the rest pass."""

    def __init__(self, port: int, cuts: list[Cut]) -> None:
        self.port, self.cuts, self.cut = port, cuts, 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://localhost:{self._listening.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _pass_on(self, client: socket.socket) -> None:
        """One request each: the server is told to close, so its answer ends where the connection does."""
        with client, socket.create_connection(("127.0.0.1", self.port), timeout=LIMIT_S) as server:
            client.settimeout(LIMIT_S)
            head, body = _head_of(client)
            cut = self._next(head)
            server.sendall(_closing(head))
            length = _length(head)
            _copy_body(client, server, body, length // 2 if cut == "upload" else length)
            if cut == "upload":
                return
            answer = b"".join(iter(lambda: server.recv(65536), b""))
            if cut != "answer":
                client.sendall(GATEWAY if cut else answer)

    def _next(self, head: bytes) -> Cut | None:
        if not head.startswith(b"POST") or not self.cuts:
            return None
        self.cut += 1
        return self.cuts.pop(0)


def _head_of(client: socket.socket) -> tuple[bytes, bytes]:
    got = b""
    while b"\r\n\r\n" not in got:
        more = client.recv(65536)
        if not more:
            return b"", b""
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", body


def _closing(head: bytes) -> bytes:
    lines = [line for line in head.split(b"\r\n") if line and not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close", b"", b""])


def _length(head: bytes) -> int:
    found = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(found[0].split(b":")[1]) if found else 0


def _copy_body(client: socket.socket, server: socket.socket, body: bytes, length: int) -> None:
    server.sendall(body[:length])
    left = length - len(body)
    while left > 0:
        part = client.recv(min(left, 65536))
        if not part:
            return
        server.sendall(part)
        left -= len(part)


@contextmanager
def line_to(port: int, *cuts: Cut) -> Iterator[Line]:
    line = Line(port, list(cuts))
    with in_background(line.serve, stop=line.close):
        yield line
