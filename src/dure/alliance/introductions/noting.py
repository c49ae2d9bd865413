"""Writing down introductions, rounds of investment and what became of a startup."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.alliance.agreements.payments import DIGITS
from dure.alliance.incubation import dates
from dure.alliance.introductions import rules
from dure.alliance.models import StartupCase, StartupIntroduction, StartupOutcome, StartupRound
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people


@transaction.atomic
def introduce(case: StartupCase, *, by: people.Person, given: Mapping[str, Any]) -> StartupIntroduction:
    """To a member, or to a partner elsewhere by its name. Raises Denied, Faulty."""
    demand(rules.tends(by, case))
    faults = []
    if bool(given["organisation"]) == bool(given["partner"].strip()):
        faults.append(Fault("introduced_to_one", place="partner"))
    if given["country"] not in people.COUNTRIES:
        faults.append(Fault("scouted_country", {"value": given["country"]}, place="country"))
    if not given["what"].strip():
        faults.append(Fault("introduced_for_nothing", place="what"))
    if faults:
        raise Faulty(faults)
    named = {name: given[name] for name in ("organisation", "partner", "country", "what")}
    made: StartupIntroduction = case.introductions.create(by=by, **named)
    audit.write(by=by, action="startup_case.introduced", obj=case)
    return made


@transaction.atomic
def invest(case: StartupCase, *, by: people.Person, given: Mapping[str, Any]) -> StartupRound:
    """A round as far as it is disclosed; no amount means that it is not. Raises Denied, Faulty."""
    demand(rules.tells(by, case))
    faults, amount = _day(given["closed_on"], "closed_on"), given["amount"]
    if given["currency"] not in DIGITS:
        faults.append(Fault("project_currency", place="currency"))
    elif amount is not None and (amount <= 0 or round(amount, DIGITS[given["currency"]]) != amount):
        faults.append(Fault("startup_amount", place="amount"))
    if faults:
        raise Faulty(faults)
    named = {name: given[name] for name in ("kind", "closed_on", "investors", "amount", "currency")}
    made: StartupRound = case.rounds.create(by=by, **named)
    audit.write(by=by, action="startup_case.invested", obj=case)
    return made


@transaction.atomic
def became(case: StartupCase, *, by: people.Person, given: Mapping[str, Any]) -> StartupOutcome:
    """What became of it on a day. Raises Denied, Faulty."""
    demand(rules.tells(by, case))
    faults = _day(given["on"], "on")
    if faults:
        raise Faulty(faults)
    made: StartupOutcome = case.outcomes.create(
        by=by, **{name: given[name] for name in ("kind", "on", "words")}
    )
    audit.write(by=by, action="startup_case.became", obj=case, detail={"kind": made.kind})
    return made


def _day(day: Any, place: str) -> list[Fault]:
    """A day that has come."""
    held = dates.is_plausible(day) and day <= clock.today()
    return [] if held else [Fault("startup_day_ahead", place=place)]
