"""A Parquet file written by hand, byte for byte, so that it can say what no writer would: one column, one page.

Source: `parquet.thrift` and `Encodings.md` of the Apache Parquet format.
"""

import struct
from collections.abc import Sequence

I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12
INT64, BYTE_ARRAY = 2, 6
DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY = 5, 6, 7
UTF8 = 0
Field = tuple[int, int, bytes]


def varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def zigzag(number: int) -> bytes:
    return varint((number << 1) ^ (number >> 63))


def thrift(fields: Sequence[Field]) -> bytes:
    out, last = b"", 0
    for number, kind, value in fields:
        out += bytes([(number - last) << 4 | kind]) + value
        last = number
    return out + b"\0"


def number(field: int, value: int, kind: int = I32) -> Field:
    return field, kind, zigzag(value)


def items(field: int, kind: int, values: Sequence[bytes]) -> Field:
    return field, LIST, bytes([len(values) << 4 | kind]) + b"".join(values)


def page(rows: int, encoding: int, body: bytes) -> bytes:
    head = thrift([number(1, rows), number(2, encoding), number(3, 3), number(4, 3)])
    return thrift([number(1, 0), number(2, len(body)), number(3, len(body)), (5, STRUCT, head)]) + body


def parquet_file(rows: int, encoding: int, body: bytes, *, kind: int = BYTE_ARRAY, codec: int = 0) -> bytes:
    packed = page(rows, encoding, body)
    name = varint(1) + b"a"
    leaf = [
        number(1, kind),
        number(3, 0),
        (4, BINARY, name),
        *([number(6, UTF8)] if kind == BYTE_ARRAY else []),
    ]
    sizes = [
        number(5, rows, I64),
        number(6, len(packed), I64),
        number(7, len(packed), I64),
        number(9, 4, I64),
    ]
    column = [
        number(1, kind),
        items(2, I32, [zigzag(encoding)]),
        items(3, BINARY, [name]),
        number(4, codec),
        *sizes,
    ]
    chunk = thrift([number(2, 4, I64), (3, STRUCT, thrift(column))])
    group = thrift([items(1, STRUCT, [chunk]), number(2, len(packed), I64), number(3, rows, I64)])
    schema = [thrift([(4, BINARY, varint(6) + b"schema"), number(5, 1)]), thrift(leaf)]
    footer = thrift([number(1, 2), items(2, STRUCT, schema), number(3, rows, I64), items(4, STRUCT, [group])])
    return b"PAR1" + packed + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def constant(count: int, value: int, *, claimed: int | None = None, block: int = 128) -> bytes:
    """Delta-packed: `value`, `count` times, in blocks that need no bits at all."""
    head = varint(block) + varint(4) + varint(count if claimed is None else claimed) + zigzag(value)
    return head + (zigzag(0) + bytes(4)) * -(-(count - 1) // block)


def once_then(count: int, first: int, rest: int) -> bytes:
    """Delta-packed: `first`, then `rest` for all others; `count` is 129 or more."""
    lowest = min(rest - first, 0)
    steps = [rest - first - lowest, *[-lowest] * 127]
    bits = bytes([32] * 4) + b"".join(struct.pack("<I", step) for step in steps)
    head = varint(128) + varint(4) + varint(count) + zigzag(first) + zigzag(lowest)
    return head + bits + (zigzag(0) + bytes(4)) * -(-(count - 129) // 128)


def one_text_repeated(rows: int, text: bytes) -> bytes:
    """The body of a page in which each text is wholly the one before it."""
    return once_then(rows, 0, len(text)) + once_then(rows, len(text), 0) + text
