"""Bootstrap weights shared by all systems of a challenge, the same on every machine.

How often a unit (a row, or a group of rows) is drawn in a resample is its weight. The stream is PCG64 seeded with
(seed, n_units): numpy promises both its raw output and its seeding for good (NEP 19), unlike the methods of Generator. Each
resample takes ceil(n_units / 2) words of 64 bits; each half word u, low half first, draws the unit floor(u · n_units / 2³²).
The bias of that map is below n_units / 2³², five in a million at 20,000 units. The first r resamples of a longer table are
those of a shorter one.
Source: Efron (1979), Bootstrap methods: another look at the jackknife, doi:10.1214/aos/1176344552.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]
CACHE_BYTES = (
    192 * 2**20
)  # two tables of the largest size, 1,000 resamples of 20,000 units, and some small ones
_BLOCK_DRAWS = 2**20  # keeps one block of draws within the processor's cache


def seed_of(*names: str) -> int:
    """A seed that belongs to these names, such as a challenge's uid and answer version: 64 bits of their SHA-256."""
    return int.from_bytes(hashlib.sha256("\x1f".join(names).encode()).digest()[:8], "big")


def resample_weights(n_units: int, *, resamples: int, seed: int) -> Weights:
    """How often each unit is drawn in each resample: whole numbers, shape (resamples, n_units), each row sums to n_units.

    float32, because that is what the matrix product takes; read-only, because the table is shared through a cache.
    `n_units` ≥ 1, `resamples` ≥ 1 and `seed` ≥ 0, else ValueError.
    """
    if n_units < 1 or resamples < 1:
        raise ValueError("n_units and resamples must be at least 1")
    return _CACHE.get(n_units, resamples, seed)


class WeightCache:
    """The tables used last, at most `limit` bytes of them; a table larger than that is made each time."""

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._held: OrderedDict[tuple[int, int, int], Weights] = OrderedDict()
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        return sum(table.nbytes for table in self._held.values())

    def get(self, n_units: int, resamples: int, seed: int) -> Weights:
        key = (n_units, resamples, seed)
        with self._lock:
            table = self._held.pop(key, None)
            if table is None:
                table = _draw(n_units, resamples, seed)
            self._keep(key, table)
        return table

    def _keep(self, key: tuple[int, int, int], table: Weights) -> None:
        if table.nbytes > self._limit:
            return
        self._held[key] = table
        while self.nbytes > self._limit:
            self._held.popitem(last=False)


def normals(count: int, *, seed: int) -> NDArray[np.float64]:
    """`count` standard normal numbers from the raw words of PCG64 by the transform of Box and Muller (1958)."""
    pairs = (count + 1) // 2
    words = np.random.PCG64(seed).random_raw(2 * pairs)
    uniform = ((words >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    radius = np.sqrt(-2.0 * np.log(uniform[:pairs]))
    angle = 2.0 * np.pi * uniform[pairs:]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])[:count]


def _draw(n_units: int, resamples: int, seed: int) -> Weights:
    bits = np.random.PCG64([seed, n_units])
    table = np.empty((resamples, n_units), dtype=np.float32)
    for part in _blocks(n_units, resamples):
        table[part] = _counts(bits, n_units, part.stop - part.start)
    table.flags.writeable = False
    return table


def _blocks(n_units: int, resamples: int) -> Iterator[slice]:
    step = max(1, _BLOCK_DRAWS // n_units)
    for start in range(0, resamples, step):
        yield slice(start, min(start + step, resamples))


def _counts(bits: np.random.PCG64, n_units: int, resamples: int) -> NDArray[np.int64]:
    words = (n_units + 1) // 2
    raw = bits.random_raw(resamples * words).astype("<u8", copy=False)
    halves = raw.view("<u4").reshape(resamples, 2 * words)[:, :n_units].astype(np.int64)
    drawn = (halves * n_units) >> 32
    drawn += np.arange(resamples, dtype=np.int64)[:, None] * n_units
    return np.bincount(drawn.ravel(), minlength=resamples * n_units).reshape(resamples, n_units)


_CACHE = WeightCache(limit=CACHE_BYTES)
