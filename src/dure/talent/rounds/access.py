"""The only ways to a placement round, its seats, secrets and entries from an address."""

from typing import Any, Final
from uuid import UUID

from dure.foundation.access import Hidden, demand
from dure.talent.models import (
    Opening,
    PlacementRound,
    RoundAppeal,
    RoundEntry,
    RoundResult,
    RoundSeat,
    SecretCommitment,
)
from dure.talent.rounds import rules, rules_appeal

WITH_APPEAL: Final = ("round__organisation", "entry__decision__seat__opening", "organisation", "reviewer")


def access_round(person: Any, uid: UUID) -> PlacementRound:
    """The round. Raises Hidden unless the person may see it."""
    rows = PlacementRound.objects.visible_to(person).select_related("organisation")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_managed(person: Any, uid: UUID) -> PlacementRound:
    """The same, for who runs it. Raises Hidden or Denied."""
    found = access_round(person, uid)
    demand(rules.may_manage(person, found))
    return found


def access_seat(person: Any, uid: UUID, seat: UUID) -> RoundSeat:
    """Seats in a round that one runs. Raises Hidden or Denied."""
    return _seat(access_managed(person, uid), seat)


def access_classed_seat(person: Any, uid: UUID, seat: UUID) -> RoundSeat:
    """Seats whose classes one gives. Raises Hidden or Denied."""
    found = _seat(access_round(person, uid), seat)
    demand(rules.may_class(person, found))
    return found


def _seat(found: PlacementRound, uid: UUID) -> RoundSeat:
    seat = found.round_seats.select_related("opening__organisation").filter(uid=uid).first()
    if seat is None:
        raise Hidden(uid)
    seat.round = found
    return seat


def access_kept(found: PlacementRound, uid: UUID) -> SecretCommitment:
    """An organisation that keeps a secret of a round that one sees. Raises Hidden."""
    kept = found.commitments.select_related("organisation").filter(uid=uid).first()
    if kept is None:
        raise Hidden(uid)
    kept.round = found
    return kept


def access_entry(found: PlacementRound, uid: UUID) -> RoundEntry:
    """Somebody's part in a round that one runs. Raises Hidden."""
    entry = found.entries.filter(uid=uid).first()
    if entry is None:
        raise Hidden(uid)
    entry.round = found
    return entry


def access_own_entry(person: Any, found: PlacementRound) -> RoundEntry:
    """One's own part in a round. Raises Hidden without one."""
    entry = found.entries.filter(person_id=person.pk).first() if person.is_authenticated else None
    if entry is None:
        raise Hidden(found.uid)
    entry.round = found
    return entry


def access_result(found: PlacementRound, *, of: int = 0) -> RoundResult:
    """A verified result of a round that one sees: that of run `of`, the first being 1; 0: the one in force. Raises Hidden."""
    results = list(found.results.select_related("file").order_by("pk"))
    if not 0 <= of <= len(results) or not results:
        raise Hidden(found.uid)
    return results[of - 1]


def access_file(person: Any, found: PlacementRound, *, of: int = 0) -> RoundResult:
    """The same with its pseudonymous file, for auditors and the secretariat. Raises Hidden otherwise."""
    if not rules.may_read_file(person):
        raise Hidden(found.uid)
    return access_result(found, of=of)


def access_appeal(person: Any, uid: UUID) -> RoundAppeal:
    """An appeal of one's own side, or of a round that one runs or oversees. Raises Hidden."""
    rows = RoundAppeal.objects.visible_to(person).select_related(*WITH_APPEAL)
    appeal = rows.filter(uid=uid).first()
    if appeal is None:
        raise Hidden(uid)
    return appeal


def access_reviewed(person: Any, uid: UUID) -> RoundAppeal:
    """The same, for who runs the round: what is corrected stands in everybody's rankings. Raises Hidden or Denied."""
    appeal = access_appeal(person, uid)
    demand(rules_appeal.may_answer(person, appeal))
    return appeal


def access_named_entry(found: PlacementRound, pseudonym: str) -> RoundEntry:
    """Somebody's part by its random name, for who corrects. Raises Hidden."""
    entry = found.entries.filter(pseudonym=pseudonym).first()
    if entry is None:
        raise Hidden(pseudonym)
    return entry


def access_offered(person: Any, uid: UUID) -> Opening:
    """An opening that takes people and that one sees. Raises Hidden otherwise."""
    rows = Opening.objects.visible_to(person).filter(state__in=("open", "closed"))
    opening = rows.select_related("organisation").filter(uid=uid).first()
    if opening is None:
        raise Hidden(uid)
    return opening
