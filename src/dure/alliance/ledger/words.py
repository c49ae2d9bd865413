"""Units of the ledger in the reader's language."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.engines import ledger as engine

FAMILIES: Final[Mapping[str, str | Promise]] = {
    "gpu_h": _("GPU hours"),
    "npu_h": _("NPU hours"),
    "core_h": _("Core hours"),
    "gb_month": _("Gigabyte months"),
    "person_day": _("Person days"),
    "seat": _("Seats"),
    "dataset": _("Datasets"),
    "m2": _("Square metres"),
    "piece": _("Pieces of equipment"),
    "money": _("Money"),
}


def unit_words(key: str) -> str:
    """“GPU hours (h100)”, “Seats”, “Money (KRW)”."""
    unit = engine.unit_of(key)
    family = str(FAMILIES[unit.family])
    return f"{family} ({unit.detail})" if unit.detail else family
