"""What waits for a person because of people: invitations to answer."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.foundation import prepared
from dure.foundation.notices import Todo
from dure.people.actions.invitations import open_to
from dure.people.models import NAMED, Invitation, Person

MOST = 20


def _invitations(person: Person) -> list[Invitation]:
    related, only = ("organisation", "invited_by"), {"invited_by": NAMED}
    return prepared.objects("people.todos", _open_to, person, Invitation, related=related, only=only)


def _open_to(person: Any) -> "QuerySet[Invitation]":
    return open_to(person)[:MOST]


def todos(person: Any) -> Iterator[Todo]:
    """One per open invitation to one of the person's own addresses; one query."""
    if not isinstance(person, Person):
        return
    for invitation in _invitations(person):
        where = invitation.organisation.name if invitation.organisation else _("the alliance")
        yield Todo(
            title=_("Answer the invitation of %(where)s") % {"where": where},
            url=reverse("people:my-invitations"),
            why=_("%(person)s invites you.") % {"person": invitation.invited_by.name},
            due=invitation.expires_at,
        )
