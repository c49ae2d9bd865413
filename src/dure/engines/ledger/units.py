"""What is counted, each by itself: hours of accelerators by class, storage, days of people, seats, data, space, things, money."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dure.engines.faults import Fault
from dure.engines.openings.codes import CURRENCIES

CORES: Final = "core_h"
STORAGE: Final = "gb_month"
PERSON_DAY: Final = "person_day"
SEAT: Final = "seat"
DATASET: Final = "dataset"
AREA: Final = "m2"
PIECE: Final = "piece"
PLAIN: Final = (CORES, STORAGE, PERSON_DAY, SEAT, DATASET, AREA, PIECE)
CLASSED: Final[Mapping[str, str]] = {"gpu": "gpu_h", "npu": "npu_h"}
"""The unit of hours of each kind of accelerator; its class follows after a colon."""

PATTERN: Final = (
    "(core_h|gb_month|person_day|seat|dataset|m2|piece|(gpu|npu)_h:[a-z0-9][a-z0-9._-]{0,34}|[a-z]{3})"
)
"""What a unit can look like. The database holds the same; that a currency is one of ISO 4217 is asked here only."""
_WHOLE: Final = re.compile(PATTERN)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit taken apart: `family` says what it is, `detail` which (a class of accelerators, a currency)."""

    family: str
    detail: str = ""


def unit_of(key: str) -> Unit:
    """The unit that a key names. Raises ValueError for none."""
    if not is_unit(key):
        raise ValueError(key)
    if key in PLAIN:
        return Unit(key)
    family, _colon, detail = key.partition(":")
    return Unit(family, detail) if detail else Unit("money", key.upper())


def is_unit(key: str) -> bool:
    """Whether it names a unit."""
    if not _WHOLE.fullmatch(key):
        return False
    return key in PLAIN or ":" in key or key.upper() in CURRENCIES


def is_accelerator(key: str) -> bool:
    """Whether it counts hours of accelerators: what the matrix of users and givers shows."""
    return key.partition(":")[0] in CLASSED.values()


def accelerator_unit(key: str) -> str:
    """The unit of an accelerator's hours by its key in the farm's catalogue (`gpu:h100`); "" is a processor core."""
    if not key:
        return CORES
    kind, _colon, device = key.partition(":")
    return f"{CLASSED[kind]}:{device}"


def unit_faults(key: str, *, place: str | None = None) -> list[Fault]:
    """A fault where the key names no unit."""
    return [] if is_unit(key) else [Fault("ledger_unit_unknown", {"value": key[:60]}, place=place)]


def order(key: str) -> tuple[int, str]:
    """Accelerators first, then cores and what else is counted, money last."""
    family = unit_of(key).family
    families = (*CLASSED.values(), *PLAIN, "money")
    return families.index(family), key
