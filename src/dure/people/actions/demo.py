"""People and organisations of the demo alliance: made once, found again on the next run."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from dure.people.models import Membership, Organisation, Person


def put_demo_organisation(slug: str, **fields: Any) -> Organisation:
    """The demo's organisation of that address, made if it is not there."""
    return Organisation.objects.get_or_create(slug=slug, defaults=fields)[0]


@transaction.atomic
def put_demo_person(email: str, *, memberships: Iterable[Mapping[str, Any]], **fields: Any) -> Person:
    """The demo's person of that address with these memberships (organisation, role, title), without a password."""
    person, made = Person.objects.get_or_create(email=email, defaults={**fields, "is_demo": True})
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        Membership.objects.bulk_create(Membership(person=person, **entry) for entry in memberships)
    return person
