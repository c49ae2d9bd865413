"""A placement round that everybody sees, and one in preparation, for the walk over all addresses."""

from datetime import timedelta
from typing import Any

from dure.foundation import clock
from dure.people.models import Organisation, Person
from dure.talent.models import PlacementRound, RoundAppeal, RoundChoice, RoundEntry, SecretCommitment
from tests.factories import rounds

Addresses = dict[tuple[str, str], Any]
MAY_READ = {
    "round": {"owner", "secretariat", "auditor"},
    "rankingwords": {"owner", "secretariat"},
    "roundappeal": {"owner", "secretariat", "auditor"},
}
"""Which role may read which hidden word of rounds."""


def shown(firm: Organisation, applicant: Person) -> Addresses:
    """An open round of this organisation in which somebody ranks its seat."""
    found = rounds.draft(firm)
    seat = rounds.seat(found, opening=rounds.opening(firm))
    found = rounds.opened(found)
    entry = rounds.ranked(found, [seat], person=applicant)
    return _addresses(found, entry) | _appealed(entry, "It was read wrongly.")


def hidden(firm: Organisation, applicant: Person, *, title: str, words: str, appeal: str) -> Addresses:
    """The same in preparation, with words that only whoever offers the seat reads, and an appeal of the applicant."""
    found = rounds.draft(firm, title_ko=title, title_en=title)
    seat = rounds.seat(found, opening=rounds.opening(firm, state="draft"))
    SecretCommitment.objects.create(round=found, organisation=firm)
    entry = RoundEntry.objects.create(round=found, person=applicant, words=words)
    RoundChoice.objects.create(entry=entry, seat=seat, rank=1)
    return _addresses(found, entry) | _appealed(entry, appeal)


def _appealed(entry: RoundEntry, words: str) -> Addresses:
    """An appeal that nobody has looked at yet."""
    given = {"against": clock.now(), "answer_by": clock.now() + timedelta(days=14), "words": words}
    made = RoundAppeal.objects.create(round=entry.round, entry=entry, by=entry.person, **given)
    return {("placement-appeals", "uid"): made.uid}


def _addresses(found: PlacementRound, entry: RoundEntry) -> Addresses:
    kept = found.commitments.first()
    assert kept is not None
    return {
        ("placement-rounds", "uid"): found.uid,
        ("placement-rounds/seats", "seat"): found.round_seats.get().uid,
        ("placement-rounds/secrets", "kept"): kept.uid,
        ("placement-rounds/entries", "entry"): entry.uid,
    }
