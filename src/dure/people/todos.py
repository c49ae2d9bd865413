"""What waits for a person because of people: invitations to answer."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.foundation.notices import Todo
from dure.people.actions.invitations import invitations_for
from dure.people.models import Person


def todos(person: Any) -> Iterator[Todo]:
    """One per open invitation to one of the person's own addresses; two queries."""
    if not isinstance(person, Person):
        return
    for invitation in invitations_for(person)[:20]:
        where = invitation.organisation.name if invitation.organisation else _("the alliance")
        yield Todo(
            title=_("Answer the invitation of %(where)s") % {"where": where},
            url=reverse("people:my-invitations"),
            why=_("%(person)s invites you.") % {"person": invitation.invited_by.name},
            due=invitation.expires_at,
        )
