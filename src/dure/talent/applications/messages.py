"""What the two sides write to each other about an application."""

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people
from dure.talent.applications import rules, telling
from dure.talent.models import Application, ApplicationMessage


@transaction.atomic
def write(application: Application, *, by: people.Person, body: str) -> ApplicationMessage:
    """Write to the other side, which is told. Raises Denied."""
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    demand(rules.may_write(by, locked))
    is_theirs = by.pk != locked.person_id
    made = ApplicationMessage.objects.create(
        application=locked, author=by, is_theirs=is_theirs, body=body.strip()
    )
    audit.write(by=by, action="application.message", obj=locked)
    if is_theirs:
        telling.tell_applicant(telling.MESSAGE, locked)
    else:
        telling.tell_managers(telling.MESSAGE, locked)
    return made
