"""What other floors tell becomes facts of the ledger. Every handler may hear an event twice: a fact is posted once."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from dure.alliance.commitments.matching import with_commitments
from dure.alliance.ledger import posting
from dure.alliance.models import LedgerTransaction
from dure.engines import ledger as engine
from dure.engines.ledger import POOL, SEAT, Leg, Posting
from dure.farm import api as farm
from dure.foundation import clock, events, locks
from dure.learn import api as learn
from dure.talent import api as talent

Source = LedgerTransaction.Source
SEATS_GIVEN_UP: Final = ("internship", "exchange", "secondment", "scholarship")
"""Kinds of openings that are a gift to the alliance. A job or a seat in a team is an agreement of its own."""


def register() -> None:
    """Called once when the app is ready."""
    events.subscribe(farm.UsageRecorded, take_usage)
    events.subscribe(learn.SeatsGiven, take_seats)
    events.subscribe(learn.SeatUsed, take_seat_use)
    events.subscribe(learn.PartnerSeatsGiven, take_partner_seats)
    events.subscribe(learn.PartnerSeatUsed, take_partner_seat_use)
    events.subscribe(talent.StayBegan, take_stay)
    events.subscribe(talent.OfferAccepted, take_offer)
    events.subscribe(talent.SeatGivenBack, take_offer_back)


def take_usage(told: farm.UsageRecorded) -> None:
    """What one consumer used of machines in one hour."""
    accounts = posting.accounts_by_uid({told.consumer, *(line["provider"] for line in told.lines)})
    posting.post_all(with_commitments(usage_facts(told), accounts), accounts=accounts)


def usage_facts(told: farm.UsageRecorded) -> Iterator[Posting]:
    """A fact for each line: the engine, the run, the hour, the kind and the revision name it. Hours are rounded once, here."""
    at = datetime.fromisoformat(told.hour)
    for line in told.lines:
        legs = engine.served(
            line["provider"],
            told.consumer,
            engine.accelerator_unit(line["accelerator"]),
            consumed=engine.hours(Decimal(line["consumed"])),
            excused=engine.hours(Decimal(line["excused"])),
        )
        if legs:  # less than a fifth of a second of one unit rounds to nothing
            key = f"{line['source']}@{told.hour}#{line['accelerator']}.{line['revision']}"
            yield Posting(source=Source.FARM, key=key, at=at, legs=legs)


def take_seats(told: learn.SeatsGiven) -> None:
    _seats(Source.COHORT, told.block, told.sponsor, told.seats, told.returned)


def take_partner_seats(told: learn.PartnerSeatsGiven) -> None:
    _seats(Source.PARTNER, told.block, told.giver, told.seats, told.returned)


def _seats(source: str, block: str, giver: str, seats: int, returned: int) -> None:
    """Seats go to the pool; whoever takes one has it from there."""
    _post(source, f"block:{block}:{returned}", engine.moved(giver, POOL, SEAT, Decimal(seats)))


def take_seat_use(told: learn.SeatUsed) -> None:
    _seat_use(Source.COHORT, told.place, told.used_by, told.seats)


def take_partner_seat_use(told: learn.PartnerSeatUsed) -> None:
    _seat_use(Source.PARTNER, told.place, told.used_by, told.seats)


@transaction.atomic
def _seat_use(source: str, place: str, user: str, seats: int) -> None:
    """A seat of the pool for an organisation's person; somebody without an organisation takes it from the alliance as a whole.

    A place can be left and taken again, and each time counts: what is already posted of it says whether this is new.
    """
    if not user:
        return
    locks.one_at_a_time("alliance.ledger.place", place)
    posted = LedgerTransaction.objects.filter(source=source, source_id__startswith=f"place:{place}:").count()
    is_held = posted % 2 == 1
    if seats < 0 and not posted:
        raise LookupError(f"the place {place} was left before it was taken; this is told again later")
    if is_held != (seats > 0):
        _post(source, f"place:{place}:{posted + 1}", engine.moved(POOL, user, SEAT, Decimal(seats)))


def take_stay(told: talent.StayBegan) -> None:
    """The sponsor gave the seat, the host has the person. Without a sponsor nobody gave anything that is counted."""
    if told.sponsor:
        legs = engine.moved(told.sponsor, told.host, SEAT, Decimal(1))
        _post(Source.STAY, told.stay, legs)


def take_offer(told: talent.OfferAccepted) -> None:
    """An organisation gave a seat. A seat in an intake counts with its stay, and a job is no gift."""
    rows = talent.Opening.objects.filter(uid=told.opening, kind__in=SEATS_GIVEN_UP, intake_host=None)
    if rows.exists():
        _post(Source.OFFER, told.application, engine.moved(told.organisation, POOL, SEAT, Decimal(1)))


@transaction.atomic
def take_offer_back(told: talent.SeatGivenBack) -> None:
    """Whoever had the seat withdrew."""
    rows = LedgerTransaction.objects.select_for_update(of=("self",))
    posted = rows.filter(source=Source.OFFER, source_id=told.application).first()
    if posted is not None and not LedgerTransaction.objects.filter(reverses=posted).exists():
        posting.take_back(posted, what="")


def _post(source: str, key: str, legs: tuple[Leg, ...]) -> None:
    fact = Posting(source=source, key=key, at=clock.now(), legs=legs)
    accounts = posting.accounts_by_uid(leg.account for leg in legs)
    posting.post_all(with_commitments([fact], accounts), accounts=accounts)
