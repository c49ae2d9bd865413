"""Four quarters of the demo alliance's ledger: values, hours, receipts, one that waits, and two quarters that are closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from dure.alliance.ledger import posting, receipts, valuing
from dure.alliance.models import LedgerPeriod, LedgerReceipt, LedgerTransaction, LedgerValue
from dure.engines import ledger as engine
from dure.engines.ledger import Posting, Quarter
from dure.foundation import clock, workflow
from dure.foundation.access import Role
from dure.people import api as people
from dure.problems import api as problems

Entry = Mapping[str, Any]
COUNTED = 4


@dataclass(frozen=True, slots=True)
class Cast:
    """Who keeps the demo's ledger, its members by their short names, and the quarters that count back from today's."""

    desk: people.Person
    homes: Mapping[str, people.Organisation]
    quarters: tuple[Quarter, ...]

    def day(self, entry: Entry) -> date:
        return self.quarter(entry["quarter"]).starts_on + timedelta(days=entry["day"])

    def quarter(self, back: int) -> Quarter:
        return self.quarters[COUNTED - 1 + back]


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put them into the demo, once: what stands there stays, whatever the day when it is loaded again."""
    desk = people.Person.objects.filter(is_demo=True, roles__contains=[Role.SECRETARIAT]).order_by("pk")
    found = _content()
    homes = {one.slug: one for one in people.Organisation.objects.all()}
    known = LedgerReceipt.objects.filter(reference__in=[one["reference"] for one in found["receipts"]])
    if not desk or known.exists() or not _named(found) <= homes.keys():
        return
    cast = Cast(desk[0], homes, engine.last_quarters(engine.quarter_of(clock.today()), COUNTED))
    _value(found["values"], cast)
    _post(found["hours"], cast)
    for entry in found["receipts"]:
        receipts.enter(_given(entry, cast), by=cast.desk)
    _wait(found["waits"], cast)
    _close(found["close"], cast)


def _content() -> dict[str, Any]:
    text = files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def _named(found: Mapping[str, Any]) -> set[str]:
    """The members that the content names."""
    entries = [*found["hours"], *found["receipts"], *found["waits"]]
    sides = ("giver", "user", "receiver")
    return {entry[side] for entry in entries for side in sides if side in entry}


def _value(entries: Iterable[Entry], cast: Cast) -> None:
    first = cast.quarters[0].starts_on
    for entry in entries:
        if not LedgerValue.objects.filter(unit=entry["unit"]).exists():
            points = Decimal(str(entry["points"]))
            valuing.set_value(by=cast.desk, unit=entry["unit"], valid_from=first, points=points)


def _post(entries: Iterable[Entry], cast: Cast) -> None:
    facts = [
        Posting(
            source=LedgerTransaction.Source.FILE,
            key=f"예시-{number:02}",
            at=clock.moment(cast.day(entry)),
            legs=engine.moved(entry["giver"], entry["user"], entry["unit"], Decimal(entry["quantity"])),
            what="예시 / Example",
        )
        for number, entry in enumerate(entries, start=1)
    ]
    posting.post_all(facts, accounts={slug: one.pk for slug, one in cast.homes.items()}, by=cast.desk)


def _given(entry: Entry, cast: Cast) -> receipts.Given:
    return receipts.Given(
        giver=cast.homes[entry["giver"]],
        receiver=cast.homes[entry["receiver"]] if "receiver" in entry else None,
        unit=entry["unit"],
        quantity=Decimal(entry["quantity"]),
        happened_on=cast.day(entry),
        reference=entry["reference"],
        what=entry["what"],
    )


def _wait(entries: Iterable[Entry], cast: Cast) -> None:
    """What a member's representative entered and nobody has confirmed."""
    for entry in entries:
        speaking = people.Membership.objects.current().filter(
            organisation=cast.homes[entry["giver"]], role=people.Membership.Role.REPRESENTATIVE
        )
        first = speaking.select_related("person").order_by("pk").first()
        if first is not None:
            receipts.enter(_given(entry, cast), by=first.person)


def _close(quarters: Iterable[int], cast: Cast) -> None:
    """In their order; earlier ones that hold something, of a demo that grew, stay as they are."""
    for back in quarters:
        period = LedgerPeriod.objects.filter(starts_on=cast.quarter(back).starts_on, state="open").first()
        if period is not None and workflow.decide(period, "close", by=cast.desk, data={}):
            workflow.perform(period, "close", by=cast.desk)
