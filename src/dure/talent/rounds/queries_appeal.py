"""Reads of appeals against a round for pages and REST, each a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from dure.foundation.access import Decision
from dure.people import api as people
from dure.talent.models import (
    PlacementRound,
    RoundAppeal,
    RoundChoice,
    RoundCorrection,
    RoundEntry,
    RoundSeat,
)
from dure.talent.rounds import queries, rules_appeal

MOST_SIDES: Final = 3
MOST_SEATS: Final = 60
FEW: Final = 20
UID: Final = 36
"""Characters of a uid; a pseudonym has fewer, as has the name of a kind."""


@dataclass(frozen=True, slots=True)
class Side:
    """For whom one could appeal, one's own part or an organisation, and whether one may."""

    entry: RoundEntry | None
    organisation: people.Organisation | None
    may: Decision


def listed(person: Any, found: PlacementRound) -> "QuerySet[RoundAppeal]":
    """The appeals of a round that this person sees."""
    rows = RoundAppeal.objects.visible_to(person).filter(round=found)
    return rows.select_related("entry", "organisation", "reviewer", "round")


def sides(person: Any, found: PlacementRound) -> list[Side]:
    """One's own part first, then organisations that one represents and that run the round or have seats in it."""
    entry = found.entries.select_related("decision").filter(person_id=person.pk).first()
    own = [] if entry is None else [Side(entry, None, rules_appeal.may_appeal(person, found, entry=entry))]
    with_seats = Q(pk=found.organisation_id) | Q(openings__round_seats__round=found)
    theirs = people.Organisation.objects.filter(with_seats, pk__in=people.represented_organisations(person))
    organisations = theirs.distinct().order_by("pk")[:MOST_SIDES]
    return own + [
        Side(None, one, rules_appeal.may_appeal(person, found, organisation=one)) for one in organisations
    ]


def corrections(appeal: RoundAppeal) -> "QuerySet[RoundCorrection]":
    """What was corrected because of it, the newest first, with how many places moved and how many were kept."""
    rows = appeal.corrections.select_related("by", "result")
    return rows.annotate(
        moved=Count("places", filter=Q(places__is_kept=False)),
        kept=Count("places", filter=Q(places__is_kept=True)),
    )


def titles_in(found: PlacementRound, made: Iterable[RoundCorrection]) -> dict[str, str]:
    """The titles of the seats that corrections name, by uid; one query."""
    named = {text for one in made for row in one.rows for text in row["row"] if len(text) == UID}
    seats = queries.seats(found).filter(uid__in=named) if named else []
    return {str(seat.uid): seat.opening.title for seat in seats}


def choices_of(entry: RoundEntry) -> dict[int, RoundChoice]:
    """How an entry ranks, by seat, the best first; one query."""
    rows = entry.choices.select_related("seat__opening__organisation").order_by("rank", "pk")
    return {one.seat_id: one for one in rows}


def seats_about(appeal: RoundAppeal, entry: RoundEntry | None) -> list[RoundSeat]:
    """Seats that a correction may be about: in a small round all, else those that the entry ranks or whose organisation appeals."""
    rows = queries.seats(appeal.round)
    if appeal.round.round_seats.count() <= FEW:
        return list(rows)
    about = Q(choices__entry=entry) if entry is not None else Q(pk__in=[])
    if appeal.organisation_id is not None:
        about |= Q(opening__organisation_id=appeal.organisation_id)
    return list(rows.filter(about).distinct()[:MOST_SEATS])
