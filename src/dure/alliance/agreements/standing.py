"""For which parties a person speaks. One query for each person and row, however many rules ask."""

from typing import Any

from dure.people import api as people


def spoken_for(person: Any, agreement: Any) -> frozenset[int]:
    """Ids of the organisations, parties now, that this person represents."""
    if not person.is_authenticated:
        return frozenset()
    if person.pk not in agreement.speakers:
        agreement.speakers[person.pk] = frozenset(people.represented_organisations(person))
    inside = {party.organisation_id for party in agreement.standing}
    found: frozenset[int] = agreement.speakers[person.pk] & inside
    return found


def own_parties(person: Any, agreement: Any) -> list[Any]:
    """The parties for which this person speaks."""
    mine = spoken_for(person, agreement)
    return [party for party in agreement.standing if party.organisation_id in mine]
