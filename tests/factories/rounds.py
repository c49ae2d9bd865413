"""Placement rounds for tests: seats of several hosts, people who rank them, and two organisations that keep secrets."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from dure.engines import placement
from dure.foundation import clock, workflow
from dure.people.models import Organisation, Person
from dure.talent.models import Opening, PlacementRound, RoundEntry, RoundSeat
from dure.talent.rounds import closing, committing, preparing, ranking, solving
from tests.factories import openings, people

_numbers = itertools.count(1)
SECRETS = ("1" * 64, "2" * 64)
WORDS: dict[str, Any] = {
    "title_ko": "교환 배정",
    "title_en": "Exchange placement",
    "about_ko": "여섯 달의 자리입니다.",
    "about_en": "Seats for six months.",
    "rules_ko": "",
    "rules_en": "",
}


def opening(organisation: Organisation | None = None, **fields: Any) -> Opening:
    """An exchange with one seat and a title of its own."""
    number = next(_numbers)
    words = {"title_ko": f"자리{number}", "title_en": f"Seat {number}"}
    return openings.taking_people(organisation, **{"kind": "exchange", **words, **fields})


representative = people.representative


def draft(organisation: Organisation | None = None, **fields: Any) -> PlacementRound:
    """A round in preparation, without seats."""
    given = {**WORDS, "rank_until": clock.now() + timedelta(days=7), **fields}
    return PlacementRound.objects.create(organisation=organisation or people.organisation(), **given)


def seat(
    found: PlacementRound, *, seats: int = 1, limits: Sequence[Mapping[str, Any]] = (), **fields: Any
) -> RoundSeat:
    """Seats of a fresh opening; everybody who ranks them has class 1 unless said otherwise."""
    values = {"otherwise": 1, "opening": fields.pop("opening", None) or opening(), **fields}
    return RoundSeat.objects.create(round=found, seats=seats, limits=list(limits), **values)


def opened(found: PlacementRound) -> PlacementRound:
    """Open it, with two organisations that have committed to `SECRETS`."""
    by = people.person(roles=["secretariat"], language="en")
    keepers = [people.organisation() for _ in SECRETS]
    for organisation in keepers:
        preparing.name_keeper(found, by=by, organisation=organisation)
    moved = workflow.perform(found, "open", by=by)
    for organisation, secret in zip(keepers, SECRETS, strict=True):
        kept = moved.commitments.get(organisation=organisation)
        committing.commit(kept, by=representative(organisation), commitment=placement.commitment_of(secret))
    return moved


def ranked(
    found: PlacementRound, *tiers: Sequence[RoundSeat], person: Person | None = None, **fields: Any
) -> RoundEntry:
    """Somebody ranks these tiers, the best first."""
    ranks = {one: number for number, tier in enumerate(tiers, start=1) for one in tier}
    return ranking.save(found, by=person or people.person(language="en"), ranks=ranks, **fields)


def closed(found: PlacementRound) -> PlacementRound:
    """The deadline passes."""
    PlacementRound.objects.filter(pk=found.pk).update(rank_until=clock.now() - timedelta(seconds=1))
    assert closing.close_due(clock.now()) == 1
    found.refresh_from_db()
    return found


def revealed(found: PlacementRound) -> PlacementRound:
    for kept in found.commitments.all():
        secret = next(one for one in SECRETS if placement.commitment_of(one) == kept.commitment)
        committing.reveal(kept, by=representative(kept.organisation), secret=secret)
    return found


def solved(found: PlacementRound) -> PlacementRound:
    """Closed, revealed and solved."""
    solving.solve(revealed(closed(found)))
    found.refresh_from_db()
    return found
