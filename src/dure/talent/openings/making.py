"""Writing an opening down and changing it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction

from dure.engines import openings as engine
from dure.foundation import audit
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.models import Opening
from dure.talent.openings import index, readiness, rules
from dure.talent.places import LANGUAGE_LEVELS, is_region

FIELDS: Final = (
    "title_ko",
    "title_en",
    "text_ko",
    "text_en",
    "seats",
    "regions",
    "remote",
    "languages",
    "starts_on",
    "ends_on",
    "weekly_hours",
    "deadline",
    "steps",
    "accessibility_ko",
    "accessibility_en",
    "pay_from",
    "pay_to",
    "pay_currency",
    "pay_per",
    "problem",
)
MOST_SEATS, MOST_HOURS, MOST_STEPS, LONGEST_STEP = 10_000, 52, 12, 200
_CURRENCY: Final = re.compile("[A-Z]{3}")


@transaction.atomic
def create(
    *, by: people.Person, organisation: people.Organisation, kind: str, given: Mapping[str, Any]
) -> Opening:
    """An opening in preparation. Raises Denied, and Faulty with everything that is wrong."""
    demand(rules.may_offer(by, organisation))
    check(given)
    made = Opening.objects.create(organisation=organisation, kind=kind, made_by=by, **_fields(given))
    index.index_opening(made)
    audit.write(by=by, action="opening.made", obj=made)
    return made


@transaction.atomic
def edit(opening: Opening, *, by: people.Person, given: Mapping[str, Any]) -> Opening:
    """Change what is said of it. What is open must stay fit to be open. Raises Denied, Faulty."""
    demand(rules.may_edit(by, opening))
    check(given)
    locked = Opening.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=opening.pk)
    for name, value in _fields(given).items():
        setattr(locked, name, value)
    if locked.state == "open" and (lacks := readiness.lacks(locked)):
        raise Faulty([Fault(one.reason) for one in lacks])
    locked.save(update_fields=[*FIELDS])
    index.index_opening(locked)
    audit.write(by=by, action="opening.changed", obj=locked)
    return locked


def _fields(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in FIELDS}


def check(given: Mapping[str, Any]) -> None:
    """Raise Faulty with every fault of what was given, in the codes of `engines.openings` where it has them."""
    checks = (_number_faults, _date_faults, _pay_faults, _place_faults, _step_faults)
    faults = [fault for find in checks for fault in find(given)]
    if faults:
        raise Faulty(faults)


def _number_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    for name, most in (("seats", MOST_SEATS), ("weekly_hours", MOST_HOURS)):
        value = given[name]
        if value is not None and not 1 <= value <= most:
            yield Fault("opening_number", {"value": value, "least": 1, "most": most}, place=name)


def _date_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    starts, ends = given["starts_on"], given["ends_on"]
    if starts and ends and ends < starts:
        yield Fault("opening_ends_early", place="ends_on")


def _pay_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    low, high, per = given["pay_from"], given["pay_to"], given["pay_per"]
    if low is not None and high is not None and high < low:
        yield Fault("opening_pay_upside_down", place="pay_to")
    if (low is not None or high is not None) and not (_CURRENCY.fullmatch(given["pay_currency"]) and per):
        yield Fault("opening_pay_incomplete", place="pay_currency")
    if per and per not in engine.PERIODS:
        expected = ", ".join(engine.PERIODS)
        yield Fault("opening_choice", {"value": per, "expected": expected}, place="pay_per")


def _place_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    for code in given["regions"]:
        if not is_region(code):
            yield Fault("opening_region_unknown", {"value": code[:40]}, place="regions")
    for code, level in given["languages"].items():
        if code not in engine.LANGUAGES or level not in LANGUAGE_LEVELS:
            yield Fault("opening_language_form", {"value": f"{code}:{level}"[:40]}, place="languages")


def _step_faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    steps = given["steps"]
    if len(steps) > MOST_STEPS:
        yield Fault("opening_too_many_steps", {"limit": MOST_STEPS}, place="steps")
    if not all(step.get("ko") or step.get("en") for step in steps):
        yield Fault("opening_empty_step", place="steps")
    if any(len(text) > LONGEST_STEP for step in steps for text in step.values()):
        yield Fault("opening_long_step", {"limit": LONGEST_STEP}, place="steps")
