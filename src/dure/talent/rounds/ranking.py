"""Ranking: each person's own list of seats, saved as often as one likes until the deadline."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from dure.foundation import audit, clock
from dure.foundation.access import Hidden, Refused, demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.matching import predicting
from dure.talent.models import PlacementRound, Profile, RoundChoice, RoundEntry, RoundSeat
from dure.talent.models.round import LAST_RANK
from dure.talent.rounds import rules

MOST_CHOICES = 50


@transaction.atomic
def save(
    found: PlacementRound,
    *,
    by: people.Person,
    ranks: Mapping[RoundSeat, int],
    organisation: people.Organisation | None = None,
    words: str = "",
) -> RoundEntry:
    """Rank these seats, 1 the best, equal numbers for ties; what is not named is not ranked. Replaces what was saved before.

    `organisation` is the one of one's own that counts for its quotas. Raises Denied, Hidden for an organisation of others,
    Faulty with every fault.
    """
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    demand(rules.may_rank(by, locked))
    _demand_own(by, organisation)
    if faults := list(_faults(by, ranks)):
        raise Faulty(faults)
    region = _region(by)
    values = {
        "institution": organisation.slug if organisation else "",
        "region": region,
        "words": words.strip(),
    }
    entry, _new = RoundEntry.objects.update_or_create(
        round=locked, person=by, defaults={**values, "saved_at": clock.now()}
    )
    _replace(entry, ranks)
    predicting.keep_with_entry(entry, by=by)
    audit.write(by=by, action="placement_round.ranked", obj=locked, detail={"choices": len(ranks)})
    return entry


@transaction.atomic
def leave(found: PlacementRound, *, by: people.Person) -> None:
    """Take no part, with nothing of it kept. Raises Denied."""
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    demand(rules.may_rank(by, locked))
    RoundEntry.objects.filter(round=locked, person=by).delete()
    audit.write(by=by, action="placement_round.left", obj=locked)


def _demand_own(by: people.Person, organisation: people.Organisation | None) -> None:
    if organisation is not None and not people.own_organisations(by).filter(pk=organisation.pk).exists():
        raise Hidden(organisation.uid)


def _faults(by: people.Person, ranks: Mapping[RoundSeat, int]) -> Iterator[Fault]:
    represented = set(people.represented_organisations(by))
    if len(ranks) > MOST_CHOICES:
        yield Fault("round_too_many_choices", {"limit": MOST_CHOICES})
    for seat, rank in ranks.items():
        decision = rules.may_rank_seat(seat, represented)
        if isinstance(decision, Refused):
            yield Fault(f"round_{decision.reason}", place=field_of(seat))
        if not 1 <= rank <= LAST_RANK:
            yield Fault("round_rank_range", {"high": LAST_RANK}, place=field_of(seat))


def field_of(seat: RoundSeat) -> str:
    """The name of the seat's field in the form."""
    return f"rank_{seat.uid.hex}"


def _region(by: people.Person) -> str:
    """The first region of one's profile, or none."""
    regions: list[Any] = Profile.objects.filter(person=by).values_list("regions", flat=True).first() or []
    return str(regions[0]) if regions else ""


def _replace(entry: RoundEntry, ranks: Mapping[RoundSeat, int]) -> None:
    """What was ranked before keeps the class that it was given."""
    entry.choices.exclude(seat__in=list(ranks)).delete()
    RoundChoice.objects.bulk_create(
        [
            RoundChoice(entry=entry, seat=seat, rank=rank, priority=seat.otherwise)
            for seat, rank in ranks.items()
        ],
        update_conflicts=True,
        unique_fields=["entry", "seat"],
        update_fields=["rank"],
    )
