"""What is kept of a program's output, however much there is."""

FLOOD_BYTES = 64 * 1024**2
"""Reading costs us processor time, so a program that writes more than this is ended."""


class BoundedLog:
    """The beginning and the end of a stream: the first lines say what was tried, the last ones what went wrong."""

    def __init__(self, most: int) -> None:
        self._head, self._tail = bytearray(), bytearray()
        self._head_bytes, self._tail_bytes = most - most // 2, most // 2
        self._seen = 0

    def add(self, data: bytes) -> None:
        """Take in the next bytes; memory stays within three times what is kept."""
        self._seen += len(data)
        room = self._head_bytes - len(self._head)
        self._head += data[:room]
        self._tail += data[room:][-self._tail_bytes or len(data) :]
        if len(self._tail) > 2 * self._tail_bytes:
            del self._tail[: -self._tail_bytes or None]

    @property
    def flooded(self) -> bool:
        """Whether far more came than anybody reads."""
        return self._seen > FLOOD_BYTES

    def content(self) -> bytes:
        """Return what is kept, with one line between beginning and end that counts what was left out."""
        left_out = self._seen - self._head_bytes - self._tail_bytes
        tail = bytes(self._tail[-self._tail_bytes :]) if self._tail_bytes else b""
        if left_out <= 0:
            return bytes(self._head) + tail
        return bytes(self._head) + b"\n[... %d bytes left out ...]\n" % left_out + tail
