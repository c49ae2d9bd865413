"""Thrift's compact protocol, read-only: as much as Parquet's footers and page headers need.

Source: the Apache Thrift compact protocol specification (field deltas, zig-zag varints, lists, structs).
"""

from dataclasses import dataclass
from typing import Any

DEPTH = 12
TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)


class Malformed(ValueError):  # noqa: N818 - it says what the bytes are
    """The bytes are no such structure."""


@dataclass(slots=True)
class Reader:
    """A place in some bytes. Every read moves on by at least one byte, so work is bounded by the length."""

    data: bytes
    at: int = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Read a struct as field number → value; binaries are bytes, lists are lists, structs are such dicts."""
        if depth > DEPTH:
            raise Malformed
        fields: dict[int, Any] = {}
        number = 0
        while head := self.byte():
            number = number + (head >> 4) if head >> 4 else self.zigzag()
            fields[number] = self._value(head & 15, depth)
        return fields

    def byte(self) -> int:
        """Read one unsigned byte."""
        if not 0 <= self.at < len(self.data):
            raise Malformed
        self.at += 1
        return self.data[self.at - 1]

    def _value(self, kind: int, depth: int) -> Any:
        if kind in {TRUE, FALSE}:
            return kind == TRUE
        return self._element(kind, depth)

    def _element(self, kind: int, depth: int) -> Any:
        """Read a value in a list, where a boolean is a byte of its own."""
        if kind in {TRUE, FALSE, BYTE}:
            return self.byte()
        if kind in {I16, I32, I64}:
            return self.zigzag()
        if kind == DOUBLE:
            return self.take(8)
        if kind == BINARY:
            return self.take(self.varint())
        if kind in {LIST, SET}:
            return self._list(depth + 1)
        if kind == STRUCT:
            return self.struct(depth + 1)
        # Parquet has no maps
        raise Malformed

    def _list(self, depth: int) -> list[Any]:
        head = self.byte()
        size = head >> 4 if head >> 4 < 15 else self.varint()
        if depth > DEPTH or size > len(self.data) - self.at:
            raise Malformed
        return [self._element(head & 15, depth) for _ in range(size)]

    def take(self, size: int) -> bytes:
        """Read `size` bytes."""
        if size > len(self.data) - self.at:
            raise Malformed
        self.at += size
        return self.data[self.at - size : self.at]

    def varint(self) -> int:
        """Read an unsigned number of up to 70 bits."""
        value = 0
        for shift in range(0, 70, 7):
            part = self.byte()
            value |= (part & 127) << shift
            if part < 128:
                return value
        raise Malformed

    def zigzag(self) -> int:
        """Read a signed number."""
        value = self.varint()
        return (value >> 1) ^ -(value & 1)
