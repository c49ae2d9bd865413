"""The catalogue of accelerators, kept by operators."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.farm import rules_sharing as rules
from dure.farm.models import Accelerator
from dure.foundation import audit
from dure.foundation.access import Actor, demand

FIELDS: Final = ("vendor", "model", "memory_gb", "weight")
KEY: Final = re.compile(r"(gpu|npu):[a-z0-9]+(-[a-z0-9]+)*")
MOST: Final = 32_767
Values = Mapping[str, Any]


@transaction.atomic
def add(*, by: Actor, key: str, values: Values) -> Accelerator:
    """A type that the list lacks. Its kind is the first part of its key. Raises Denied, or Faulty."""
    demand(rules.keeps_catalogue(by))
    accelerator = Accelerator(key=key, kind=key.partition(":")[0])
    _fill(accelerator, values, [*_key_faults(key)])
    accelerator.save()
    audit.write(by=by, action="accelerator.add", obj=accelerator, detail={"type": key, **values})
    return accelerator


@transaction.atomic
def edit(*, by: Actor, accelerator: Accelerator, values: Values) -> Accelerator:
    """Change names, memory or weight; what is left out stays. Usage that is entered stays as it is."""
    demand(rules.keeps_catalogue(by))
    locked = Accelerator.objects.select_for_update().get(pk=accelerator.pk)
    _fill(locked, values, [])
    locked.save()
    audit.write(by=by, action="accelerator.edit", obj=locked, detail=dict(values))
    return locked


def _fill(accelerator: Accelerator, values: Values, found: list[Fault]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(accelerator, name, values[name])
    found += _faults(accelerator)
    if found:
        raise Faulty(found)


def _key_faults(key: str) -> Iterator[Fault]:
    if not KEY.fullmatch(key) or len(key) > 40:
        yield Fault("share_accelerator_key", {"value": key}, place="key")
    elif Accelerator.objects.filter(key=key).exists():
        yield Fault("share_accelerator_taken", {"value": key}, place="key")


def _faults(accelerator: Accelerator) -> Iterator[Fault]:
    for name in ("vendor", "model"):
        if not getattr(accelerator, name).strip():
            yield Fault("share_name_needed", place=name)
    if accelerator.weight is None or not 1 <= accelerator.weight <= MOST:
        yield Fault("share_number_out_of_range", {"low": 1, "high": MOST}, place="weight")
    if accelerator.memory_gb is not None and not 1 <= accelerator.memory_gb <= MOST:
        yield Fault("share_number_out_of_range", {"low": 1, "high": MOST}, place="memory_gb")
