"""What the scorer remembers on its own disk: derived numbers that can be made again, so they are written without ceremony."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings

from dure.engines.scoring.metric import Array

Make = Callable[[Any], Array]
"""Makes the influence values of an evaluation again."""


def _path(uid: UUID) -> Path:
    return Path(settings.DATA) / "cache" / "influence" / str(uid)[-2:] / f"{uid}.npy"


def keep_influence(uid: UUID, values: Array) -> None:
    """Remember the influence values (units,) of an evaluation's public score. A disk that is full or away only costs time later."""
    path = _path(uid)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: a late attempt may be writing the same values at the same time.
        half = path.with_suffix(f".{os.getpid()}.half")
        try:
            with half.open("wb") as stream:
                np.save(stream, values.astype(np.float32))
            half.rename(path)
        finally:
            half.unlink(missing_ok=True)


def influence_of(uid: UUID, make: Callable[[], Array]) -> Array:
    """The remembered values, or made again."""
    try:
        return np.asarray(np.load(_path(uid)), dtype=np.float64)
    except (OSError, ValueError, EOFError):
        values = make()
        keep_influence(uid, values)
        return values
