"""What a file makes and changes: gathered row by row in memory, then written as a whole, in the same few queries for any length."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.urls import reverse

from dure.foundation import audit, events, notices, search
from dure.foundation.access import Actor
from dure.foundation.faults import Fault, Faulty
from dure.people import index, kinds
from dure.people.events import MembershipStarted
from dure.people.models import Membership, Organisation, Person

BATCH = 1_000


@dataclass(slots=True)
class Changed:
    """Rows of one model: new ones, and the fields that were changed in known ones (by uid)."""

    made: list[Any] = field(default_factory=list)
    known: dict[Any, Any] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)

    def make(self, row: Any) -> None:
        self.made.append(row)

    def change(self, row: Any, fields: Iterable[str]) -> None:
        """Take note of a change; to a row that is itself new there is nothing more to write."""
        if row.pk is not None:
            self.known[row.uid] = row
            self.fields |= set(fields)

    @property
    def rows(self) -> list[Any]:
        return [*self.made, *self.known.values()]


@dataclass(slots=True)
class Changes:
    """Everything that the rows so far would write."""

    by: Actor
    organisations: Changed = field(default_factory=Changed)
    people: Changed = field(default_factory=Changed)
    memberships: Changed = field(default_factory=Changed)
    trail: list[audit.Deed] = field(default_factory=list)

    def note(self, action: str, obj: models.Model, detail: Mapping[str, Any] | None = None) -> None:
        """A line of the audit trail."""
        self.trail.append(audit.Deed(action, obj, detail or {}))

    def write(self) -> None:
        """Write all of it in the caller's transaction. Raises Faulty when the register has changed since it was read."""
        try:
            with transaction.atomic():
                _save(Organisation, self.organisations)
                _save(Person, self.people)
                _save(Membership, self.memberships)
        except IntegrityError as error:
            raise Faulty([Fault("register_changed")]) from error
        search.put_all(
            [
                *(index.organisation_entry(row) for row in self.organisations.rows),
                *(index.person_entry(row) for row in self.people.rows),
            ]
        )
        audit.write_all(by=self.by, deeds=self.trail)
        welcome = reverse("account_reset_password")
        notices.notify(self.people.made, kinds.WELCOME, url=welcome, params={})
        events.record_all([_started(row) for row in self.memberships.made])


def _save(model: type[Any], changed: Changed) -> None:
    model.objects.bulk_create(changed.made, batch_size=BATCH)
    if changed.known:
        model.objects.bulk_update(changed.known.values(), sorted(changed.fields), batch_size=BATCH)


def _started(membership: Membership) -> MembershipStarted:
    return MembershipStarted(
        person=membership.person_id, organisation=membership.organisation_id, role=membership.role
    )
