"""A placement round that everybody sees, and one in preparation, for the walk over all addresses."""

from typing import Any

from dure.people.models import Organisation, Person
from dure.talent.models import PlacementRound, RoundChoice, RoundEntry, SecretCommitment
from tests.factories import rounds

Addresses = dict[tuple[str, str], Any]
MAY_READ = {"round": {"owner", "secretariat", "auditor"}, "rankingwords": {"owner", "secretariat"}}
"""Which role may read which hidden word of rounds."""


def shown(firm: Organisation, applicant: Person) -> Addresses:
    """An open round of this organisation in which somebody ranks its seat."""
    found = rounds.draft(firm)
    seat = rounds.seat(found, opening=rounds.opening(firm))
    return _addresses(rounds.opened(found), rounds.ranked(found, [seat], person=applicant))


def hidden(firm: Organisation, applicant: Person, *, title: str, words: str) -> Addresses:
    """The same in preparation, with words that only whoever offers the seat reads."""
    found = rounds.draft(firm, title_ko=title, title_en=title)
    seat = rounds.seat(found, opening=rounds.opening(firm, state="draft"))
    SecretCommitment.objects.create(round=found, organisation=firm)
    entry = RoundEntry.objects.create(round=found, person=applicant, words=words)
    RoundChoice.objects.create(entry=entry, seat=seat, rank=1)
    return _addresses(found, entry)


def _addresses(found: PlacementRound, entry: RoundEntry) -> Addresses:
    kept = found.commitments.first()
    assert kept is not None
    return {
        ("placement-rounds", "uid"): found.uid,
        ("placement-rounds/seats", "seat"): found.round_seats.get().uid,
        ("placement-rounds/secrets", "kept"): kept.uid,
        ("placement-rounds/entries", "entry"): entry.uid,
    }
