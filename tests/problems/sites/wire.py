"""A wire one can listen at and cut: relays TCP and keeps all that goes from the site to the platform.

`python -m tests.problems.sites.wire PORT HOST PORT` is the near end, inside a site's network namespace; `Wire` is the far end.
"""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CHUNK = 65536


class Wire:
    """Listens at an address and passes on to another. `said` are all bytes that went there."""

    def __init__(self, at: tuple[str, int], to: tuple[str, int]) -> None:
        self._to, self.said = to, bytearray()
        self._open: set[socket.socket] = set()
        self._is_cut = threading.Event()
        self._door = socket.create_server(at)
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """From now on nothing gets through, and what was under way is gone."""
        self._is_cut.set()
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._is_cut.clear()

    def close(self) -> None:
        self.cut()
        self._door.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._door.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        if self._is_cut.is_set():
            near.close()
            return
        with suppress(OSError), near, socket.create_connection(self._to) as far:
            self._open |= {near, far}
            back = threading.Thread(target=self._pass, args=(far, near, None), daemon=True)
            back.start()
            self._pass(near, far, self.said)
            back.join()
        self._open -= {near}

    def _pass(self, source: socket.socket, target: socket.socket, said: bytearray | None) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                if said is not None:
                    said += chunk
                target.sendall(chunk)
            target.shutdown(socket.SHUT_WR)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def namespace(number: int, port: int) -> Iterator[tuple[str, Wire]]:
    """A network namespace of its own, from which one wire leads to `port` of our loopback and nothing leads in.

    Inside, the wire ends at 127.0.0.1:`port`.
    """
    name, here, there = f"dure-site-{number}", f"dsh{number}", f"dst{number}"
    near, far = f"10.203.{number}.2", f"10.203.{number}.1"
    subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)
    _ip("netns", "add", name)
    try:
        _ip("link", "add", here, "type", "veth", "peer", "name", there)
        _ip("link", "set", there, "netns", name)
        _ip("addr", "add", f"{far}/24", "dev", here)
        _ip("link", "set", here, "up")
        _ip("-n", name, "addr", "add", f"{near}/24", "dev", there)
        _ip("-n", name, "link", "set", there, "up")
        _ip("-n", name, "link", "set", "lo", "up")
        wire = Wire((far, 0), ("127.0.0.1", port))
        words = ["-m", "tests.problems.sites.wire", str(port), far, str(wire.port)]
        inside = subprocess.Popen(["ip", "netns", "exec", name, sys.executable, *words], cwd=ROOT)
        try:
            yield name, wire
        finally:
            inside.kill()
            inside.wait()
            wire.close()
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


if __name__ == "__main__":
    Wire(("127.0.0.1", int(sys.argv[1])), (sys.argv[2], int(sys.argv[3])))
    threading.Event().wait()
