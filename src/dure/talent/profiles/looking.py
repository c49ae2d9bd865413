"""Others look at a person's card: what consent allows, and nothing without an entry that its person reads."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from dure.foundation import clock
from dure.foundation.access import Hidden
from dure.people import api as people
from dure.talent.models import AccessEntry
from dure.talent.profiles.cards import FIELDS, Card, cards_of
from dure.talent.profiles.consent import grants_for


@dataclass(frozen=True, slots=True)
class Audience:
    """Who looks, for which organisation, and what for: a `ConsentGrant.Purpose`."""

    by: people.Person
    organisation: people.Organisation
    purpose: str

    @property
    def name(self) -> str:
        """What tells this audience's pseudonyms from others'."""
        return f"{self.purpose} {self.organisation.uid}"


def shown_card(person: people.Person, audience: Audience) -> Card:
    """The card of one person. Raises Hidden without their consent to this very purpose and audience."""
    found = shown_cards([person], audience).get(person.pk)
    if found is None:
        raise Hidden(person.uid)
    return found


@transaction.atomic
def shown_cards(persons: Iterable[people.Person], audience: Audience) -> dict[int, Card]:
    """The cards of those of these people who consented, by their ids; each look is written down. A fixed number of queries."""
    allowed = _allowed({person.pk for person in persons}, audience)
    fields_of = {person: allowed[person.pk] for person in persons if person.pk in allowed}
    _note(fields_of, audience)
    return cards_of(fields_of, reader=audience.name)


def _allowed(ids: Collection[int], audience: Audience) -> dict[int, set[str]]:
    """What each of them shows: all that their grants for this audience name together."""
    found: dict[int, set[str]] = {}
    rows = grants_for(audience.purpose, audience.organisation).filter(person_id__in=ids)
    for person, fields in rows.values_list("person_id", "fields"):
        found.setdefault(person, set()).update(fields)
    return found


def _note(fields_of: Mapping[people.Person, Collection[str]], audience: Audience) -> None:
    """One entry a day for the same look: who leafs through a list twice has looked once."""
    said = {
        person: ",".join(name for name in FIELDS if name in fields) for person, fields in fields_of.items()
    }
    same = AccessEntry.objects.filter(
        by=audience.by, organisation=audience.organisation, purpose=audience.purpose, at__date=clock.today()
    )
    known = set(same.filter(person__in=said).values_list("person_id", "what"))
    AccessEntry.objects.bulk_create(
        AccessEntry(
            person=person,
            by=audience.by,
            organisation=audience.organisation,
            purpose=audience.purpose,
            what=what,
            at=clock.now(),
        )
        for person, what in said.items()
        if (person.pk, what) not in known
    )
