"""The startup's own figures of a month."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from dure.alliance.agreements.payments import DIGITS
from dure.alliance.incubation import rules
from dure.alliance.models import StartupCheckpoint
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people

FIGURES: Final = ("revenue", "currency", "staff", "customers", "words")


@transaction.atomic
def report(checkpoint: StartupCheckpoint, *, by: people.Person, given: Mapping[str, Any]) -> None:
    """Its founder writes them, also after the mentor has been there; what is left empty is not known. Raises Denied, Faulty."""
    locked = StartupCheckpoint.objects.select_for_update(of=("self",)).get(pk=checkpoint.pk)
    demand(rules.reports(by, locked))
    faults = _faults(given)
    if faults:
        raise Faulty(faults)
    for name in FIGURES:
        setattr(locked, name, given[name])
    locked.reported_at = clock.now()
    locked.save(update_fields=[*FIGURES, "reported_at"])
    audit.write(by=by, action="startup_checkpoint.reported", obj=locked)


def _faults(given: Mapping[str, Any]) -> list[Fault]:
    faults = []
    revenue: Decimal | None = given["revenue"]
    if given["currency"] not in DIGITS:
        faults.append(Fault("project_currency", place="currency"))
    elif revenue is not None and (revenue < 0 or round(revenue, DIGITS[given["currency"]]) != revenue):
        faults.append(Fault("startup_amount", place="revenue"))
    said = any(given[name] is not None for name in ("revenue", "staff", "customers"))
    if not said and not given["words"].strip():
        faults.append(Fault("checkpoint_nothing_said", place="words"))
    return faults
