"""Influence values that the Ladder compares with, remembered by this scorer: in its memory, and on its disk for the next one.

They can be made again from the file they belong to, so they are written without ceremony, and read back only when whole.
"""

import contextlib
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array
from dure.problems.scoring.memory import Memory

Values = NDArray[np.float32]
MARK = b"DUREINF1"
MOST_BYTES = 128 * 2**20
_recent: Memory[UUID, Values] = Memory(MOST_BYTES)


def keep_influence(uid: UUID, values: Array) -> Array:
    """Remember the influence values (units,) of an evaluation's public score, in single precision, and give these back.

    A disk that is full or away only costs time later.
    """
    kept = values.astype(np.float32)
    _recent.remember(uid, kept, size=kept.nbytes)
    with contextlib.suppress(OSError):
        _write(_path(uid), kept.tobytes())
    return kept.astype(np.float64)


def influence_of(uid: UUID, make: Callable[[], Array]) -> Array:
    """The remembered values, or made again."""
    values = _recent.recall(uid)
    if values is None:
        values = _read(_path(uid))
    return keep_influence(uid, make()) if values is None else values.astype(np.float64)


def _path(uid: UUID) -> Path:
    return Path(settings.DATA) / "cache" / "influence" / str(uid)[-2:] / f"{uid}.f32"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, under a name of its own until then: a late attempt may be writing the same values now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.half")
    try:
        half.write_bytes(_seal(content) + content)
        half.rename(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def _seal(content: bytes) -> bytes:
    return MARK + zlib.crc32(content).to_bytes(8, "little")


def _read(path: Path) -> Values | None:
    """The values in a file; None where there is none, or a power cut left something else in it."""
    try:
        sealed = path.read_bytes()
    except OSError:
        return None
    content = sealed[16:]
    return np.frombuffer(content, dtype=np.float32) if sealed[:16] == _seal(content) else None
