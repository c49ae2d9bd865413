"""Reads of placement rounds for pages and REST, each a fixed number of queries."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from dure.foundation import clock
from dure.foundation.access import Decision, Role, has_role
from dure.people import api as people
from dure.talent.models import (
    CorrectedPlace,
    Opening,
    PlacementDecision,
    PlacementExplanation,
    PlacementRound,
    RoundChoice,
    RoundEntry,
    RoundResult,
    RoundSeat,
    SecretCommitment,
)
from dure.talent.models.round import LAST_RANK
from dure.talent.rounds import rules
from dure.talent.rounds.effects import MOVED


@dataclass(frozen=True, slots=True)
class Rankable:
    """A seat as one person may rank it: `rank` is what is saved, 0 for none."""

    seat: RoundSeat
    may: Decision
    rank: int


@dataclass(frozen=True, slots=True)
class Told:
    """A line of one's own result: the seat, and what the result says of it."""

    seat: RoundSeat
    line: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One's own result. `seat` is what was decided; `is_overridden` where that is not what the solver found.

    `corrected` is there where a re-run after a correction found another place than one had.
    """

    entry: RoundEntry
    seat: RoundSeat | None
    is_overridden: bool
    reason: str
    lines: list[Told]
    corrected: CorrectedPlace | None = None


def listed(person: Any, *, state: str = "") -> QuerySet[PlacementRound]:
    """What this person sees, the newest first."""
    rows = PlacementRound.objects.visible_to(person).select_related("organisation")
    return rows.filter(state=state) if state else rows


def counts(found: PlacementRound) -> dict[str, int]:
    """How many openings, seats and people; two queries."""
    seats = found.round_seats.values_list("seats", flat=True)
    every = list(seats)
    return {"openings": len(every), "seats": sum(every), "entries": found.entries.count()}


def seats(found: PlacementRound) -> QuerySet[RoundSeat]:
    """The seats of a round, in the order in which they were added."""
    return found.round_seats.select_related("opening__organisation").order_by("pk")


def classed_by(person: Any, found: PlacementRound) -> QuerySet[RoundSeat]:
    """Seats whose classes this person gives as a representative."""
    if not person.is_authenticated:
        return found.round_seats.none()
    theirs = people.represented_organisations(person)
    return seats(found).filter(opening__organisation_id__in=theirs)


def opened_by(person: Any, found: PlacementRound) -> set[int]:
    """Keys of the seats whose classes this person may open: the secretariat's are all."""
    rows = seats(found) if has_role(person, Role.SECRETARIAT) else classed_by(person, found)
    return set(rows.order_by().values_list("pk", flat=True))


def ranked(person: Any, found: PlacementRound) -> dict[int, int]:
    """The rank that this person gave to seats, by the seat's key, the best first."""
    own = RoundChoice.objects.filter(entry__round=found, entry__person_id=person.pk)
    return dict(own.order_by("rank", "pk").values_list("seat_id", "rank"))


def unranked(found: PlacementRound, ranks: Iterable[int]) -> QuerySet[RoundSeat]:
    """The other seats, for a list that is paged."""
    return seats(found).exclude(pk__in=list(ranks))


def named(found: PlacementRound, uids: Iterable[UUID]) -> QuerySet[RoundSeat]:
    """Seats of a round by uid; what is none of it is left out."""
    return seats(found).filter(uid__in=list(uids))


def rankable(person: Any, rows: Iterable[RoundSeat], ranks: Mapping[int, int]) -> list[Rankable]:
    """Whether this person may rank each of these seats, in the order of the ranks that are saved; one query."""
    represented = set(people.represented_organisations(person))
    made = [Rankable(seat, rules.may_rank_seat(seat, represented), ranks.get(seat.pk, 0)) for seat in rows]
    return sorted(made, key=lambda one: one.rank or LAST_RANK + 1)


def entry_of(person: Any, found: PlacementRound) -> RoundEntry | None:
    """This person's part in the round, or None."""
    if not person.is_authenticated:
        return None
    return found.entries.filter(person_id=person.pk).first()


def choices_of(seat: RoundSeat) -> QuerySet[RoundChoice]:
    """Who ranks a seat, by pseudonym: never the person, nor the rank that they gave."""
    return RoundChoice.objects.filter(seat=seat).select_related("entry").order_by("entry__pseudonym")


def kept(found: PlacementRound) -> QuerySet[SecretCommitment]:
    """Who keeps a secret of the lottery."""
    return found.commitments.select_related("organisation").order_by("pk")


def openings_for(person: Any, found: PlacementRound) -> QuerySet[Opening]:
    """Openings that could be added to a round and are not in it."""
    taken = found.round_seats.values("opening_id")
    rows = Opening.objects.visible_to(person).filter(state__in=("open", "closed"))
    return rows.exclude(pk__in=taken).select_related("organisation")


def decisions(found: PlacementRound) -> QuerySet[RoundEntry]:
    """Everybody by pseudonym, with what the results say and what people decided; two queries."""
    rows = found.entries.select_related("decision__seat__opening", "round")
    return rows.prefetch_related("explanations__seat__opening").order_by("pseudonym")


def told_of(entry: RoundEntry) -> RoundSeat | None:
    """The seat that the last result gives to an entry of `decisions`."""
    told = sorted(entry.explanations.all(), key=lambda one: one.result_id)
    return told[-1].seat if told else None


def ranked_by(entries: Iterable[RoundEntry]) -> dict[int, list[RoundSeat]]:
    """The seats that each of these ranked, by the key of the entry; one query."""
    rows = RoundChoice.objects.filter(entry__in=list(entries)).select_related("seat__opening")
    found: dict[int, list[RoundSeat]] = {}
    for choice in rows.order_by("entry", "rank", "pk"):
        found.setdefault(choice.entry_id, []).append(choice.seat)
    return found


def outcome(entry: RoundEntry) -> Outcome:
    """One's own result of a decided round; four queries."""
    decision = PlacementDecision.objects.select_related("seat__opening__organisation").get(entry=entry)
    told = PlacementExplanation.objects.filter(entry=entry).order_by("-result_id").first()
    lines: list[dict[str, Any]] = told.lines if told else []
    by_key = {seat.pk: seat for seat in seats(entry.round).filter(pk__in=[line["seat"] for line in lines])}
    return Outcome(
        entry=entry,
        seat=decision.seat,
        is_overridden=bool(decision.reason),
        reason=decision.reason,
        lines=[Told(by_key[line["seat"]], line) for line in lines],
        corrected=entry.corrected.select_related("before__opening", "correction").first(),
    )


def certificate(result: RoundResult) -> dict[str, Any]:
    """What the certificate says: hashes and counts."""
    said: dict[str, Any] = json.loads(result.certificate)
    return said


def places_by_hand(found: PlacementRound) -> dict[str, int]:
    """How many places people changed, how many have a seat, and how many of these lie beyond the seats; two queries."""
    rows = PlacementDecision.objects.filter(entry__round=found)
    counted = rows.aggregate(
        changed=Count("pk", filter=~Q(reason="")), seated=Count("pk", filter=Q(seat__isnull=False))
    )
    held = rows.exclude(seat=None).values("seat__seats").annotate(n=Count("pk"), key=F("seat_id"))
    return counted | {"beyond": sum(max(0, one["n"] - one["seat__seats"]) for one in held)}


def results(found: PlacementRound) -> list[RoundResult]:
    """Every run, the first one first; one query."""
    return list(found.results.order_by("pk"))


def stuck(found: PlacementRound) -> list[tuple[str, RoundSeat | None]]:
    """Why the clock could not close it, each with the seat that is meant; empty where it waits for nobody. One query at most."""
    if not found.stuck or found.state != "open" or clock.now() < found.rank_until:
        return []
    why = [(code, uid) for code, uid in found.stuck if code != MOVED]
    named_seats = {str(seat.uid): seat for seat in named(found, [UUID(uid) for _code, uid in why if uid])}
    return [(code, named_seats.get(uid)) for code, uid in why]
