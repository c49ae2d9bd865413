"""A row of a spreadsheet as the fields of an opening."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, Final

from django.utils import timezone

from dure.engines import openings as engine
from dure.engines.faults import Fault, Faulty
from dure.talent.openings import making
from dure.talent.openings.requirements import MOST, Asked
from dure.talent.places import LANGUAGE_LEVELS

LAST_SECOND: Final = time(23, 59, 59)
TEXTS: Final = ("title", "text", "accessibility")
_LEVELS: Final = {name: number for number, name in LANGUAGE_LEVELS.items()}


def fields_of(one: engine.Opening) -> dict[str, Any]:
    """As `making.create` takes them. The deadline ends with its day in Korea; pay that is told in words goes below the text."""
    words = {f"{name}_{code}": getattr(getattr(one, name), code) for name in TEXTS for code in ("ko", "en")}
    moment = datetime.combine(one.deadline, LAST_SECOND, timezone.get_default_timezone())
    return (
        words
        | {f"text_{code}": _with_pay(one, code) for code in ("ko", "en")}
        | _pay(one.pay)
        | {
            "seats": one.seats,
            "regions": list(one.regions),
            "remote": one.remote,
            "languages": {spoken.code: _LEVELS[spoken.level] for spoken in one.languages},
            "starts_on": one.starts,
            "ends_on": one.ends,
            "weekly_hours": one.weekly_hours,
            "deadline": moment,
            "steps": [{"ko": step.ko, "en": step.en} for step in one.steps],
            "problem": None,
        }
    )


def asked_of(one: engine.Opening) -> list[Asked]:
    """The skills of a row: whoever wrote the file named each of them."""
    return [Asked(wanted.slug, wanted.level, wanted.need == "must", wanted.weight) for wanted in one.skills]


def faults_of(one: engine.Opening) -> Iterator[Fault]:
    """What an opening of ours cannot hold."""
    amounts = (one.pay.amount, one.pay.upto) if one.pay else ()
    if any(amount is not None and amount % 1 for amount in amounts):
        yield Fault("opening_pay_whole", column="pay_amount")
    if len(one.skills) > MOST:
        yield Fault("opening_too_many_skills", {"limit": MOST}, column="must_skills")
    try:
        making.check(fields_of(one))
    except Faulty as faulty:
        yield from faulty.faults


def _with_pay(one: engine.Opening, code: str) -> str:
    parts = (getattr(one.text, code), getattr(one.pay.words, code) if one.pay else "")
    return "\n\n".join(part for part in parts if part)


def _pay(pay: engine.Pay | None) -> dict[str, Any]:
    if pay is None or pay.amount is None:
        return {"pay_from": None, "pay_to": None, "pay_currency": "", "pay_per": ""}
    return {
        "pay_from": int(pay.amount),
        "pay_to": int(pay.upto) if pay.upto is not None else None,
        "pay_currency": pay.currency,
        "pay_per": pay.period or "",
    }
