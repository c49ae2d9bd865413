"""Others look at a person's card: what consent allows, and nothing without an entry that its person reads."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

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


def shown_cards(persons: Iterable[people.Person], audience: Audience) -> dict[int, Card]:
    """The cards of those of these people who consented, by their ids; three queries at most.

    Each look is written down before anything is read: an error afterwards leaves an entry too many, never one too few.
    """
    fields_of, looked = _allowed({person.pk for person in persons}, audience)
    _note(fields_of, looked, audience)
    return cards_of(fields_of, reader=audience.name)


def _allowed(
    ids: Collection[int], audience: Audience
) -> tuple[dict[people.Person, set[str]], dict[int, Collection[str]]]:
    """What each of them shows, all that their grants for this audience name together; and what was looked at today already.

    The people come with their profiles as these stand now.
    """
    allowed: dict[people.Person, set[str]] = {}
    looked: dict[int, Collection[str]] = {}
    rows = grants_for(audience.purpose, audience.organisation).filter(person_id__in=ids)
    today = ArraySubquery(_looks_today(audience).filter(person_id=OuterRef("person_id")).values("what"))
    for grant in rows.select_related("person__talent_profile").annotate(today=today):
        allowed.setdefault(grant.person, set()).update(grant.fields)
        looked[grant.person_id] = grant.today
    return allowed, looked


def _looks_today(audience: Audience) -> "QuerySet[AccessEntry]":
    return AccessEntry.objects.filter(
        by=audience.by, organisation=audience.organisation, purpose=audience.purpose, at__date=clock.today()
    )


def _note(
    fields_of: Mapping[people.Person, Collection[str]],
    looked: Mapping[int, Collection[str]],
    audience: Audience,
) -> None:
    """One entry a day for the same look: who leafs through a list twice has looked once."""
    said = {
        person: ",".join(name for name in FIELDS if name in fields) for person, fields in fields_of.items()
    }
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
        if what not in looked[person.pk]
    )
