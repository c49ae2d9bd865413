"""The register as a file sees it, in memory: what the database holds, read in a few queries, and what earlier rows add."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dure.people.models import Membership, Organisation, Person

NUMBERS, NAMES = ("business_number", "ror_id"), ("name_ko", "name_en")
Key = tuple[str, str]


class Register:
    """Organisations, the people of some addresses, and their memberships."""

    def __init__(self, *, emails: Iterable[str]) -> None:
        self._organisations: dict[Key, list[Organisation]] = defaultdict(list)
        self._memberships: dict[tuple[Any, Any, str], list[Membership]] = defaultdict(list)
        self.slugs: set[str] = set()
        for organisation in Organisation.objects.all():
            self.add_organisation(organisation)
        found = Person.objects.filter(email__in=set(emails), deleted_at=None)
        self.people = {str(person.email): person for person in found}
        rows = Membership.objects.filter(person__in=self.people.values()).order_by("id")
        for membership in rows.select_related("person", "organisation"):
            self.add_membership(membership)

    def add_organisation(self, organisation: Organisation) -> None:
        self.slugs.add(organisation.slug)
        for name in (*NUMBERS, *NAMES):
            if key := _key(name, getattr(organisation, name)):
                self._organisations[key].append(organisation)

    def change_organisation(self, organisation: Organisation, values: Mapping[str, Any]) -> None:
        """Put new values into a known organisation, under which it is found from now on."""
        for name in (*NUMBERS, *NAMES):
            if key := _key(name, getattr(organisation, name)):
                self._organisations[key].remove(organisation)
        for name, value in values.items():
            setattr(organisation, name, value)
        self.add_organisation(organisation)

    def organisation(self, values: Mapping[str, Any], names: tuple[str, ...]) -> Organisation | None:
        """The first organisation that agrees with a given value under one of these names."""
        keys = [_key(name, values.get(name)) for name in names]
        found = [self._organisations[key] for key in keys if key and key in self._organisations]
        return next((rows[0] for rows in found if rows), None)

    def holder(self, name: str, value: Any, *, but: Organisation) -> Organisation | None:
        """Whoever else has this value, which only one may have."""
        key = _key(name, value)
        rows = self._organisations.get(key, []) if key else []
        return next((row for row in rows if row.uid != but.uid), None)

    def add_membership(self, membership: Membership) -> None:
        self._memberships[_held(membership.person, membership.organisation, membership.role)].append(
            membership
        )

    def membership(
        self,
        person: Person,
        organisation: Organisation,
        role: str,
        *,
        starts_on: date | None,
        ends_on: date | None,
    ) -> Membership | None:
        """The one a row is about: open in this role, or with the same first or last day (so that a second run finds it)."""

        def fits(row: Membership) -> bool:
            same_start = starts_on is not None and row.starts_on == starts_on
            same_end = ends_on is not None and row.ends_on == ends_on
            return not row.is_over or same_start or same_end

        rows = self._memberships.get(_held(person, organisation, role), [])
        fitting = [row for row in reversed(rows) if fits(row)]
        return next((row for row in fitting if not row.is_over), fitting[0] if fitting else None)


def _key(name: str, value: str | None) -> Key | None:
    """What a value is compared by: without blanks, upper and lower case alike."""
    folded = "".join((value or "").casefold().split())
    return (name, folded) if folded else None


def _held(person: Person, organisation: Organisation, role: str) -> tuple[Any, Any, str]:
    return person.uid, organisation.uid, role
