"""People, organisations and signed-in clients for tests."""

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from dure.people.actions.consents import latest_texts
from dure.people.models import Consent, Membership, Organisation, Person

_numbers = itertools.count(1)
PASSWORD = "한글과-English-1984"


def person(
    email: str = "",
    *,
    roles: Iterable[str] = (),
    password: str | None = None,
    consents: bool = True,
    **fields: Any,
) -> Person:
    """An active account with names in both languages that has agreed to the texts; without `email` a fresh address."""
    number = next(_numbers)
    named = {"name_ko": f"사람{number}", "name_en": f"Person {number}", **fields}
    address = email or f"person{number}@example.org"
    made = Person.objects.create_user(address, password, roles=list(roles), **named)
    if consents:
        Consent.objects.bulk_create(Consent(person=made, text=text) for text in latest_texts())
    return made


def signing_in(email: str, **fields: Any) -> Person:
    """An account that can come in through the front door: it has PASSWORD, and its address is confirmed."""
    made = person(email, password=PASSWORD, **fields)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def organisation(**fields: Any) -> Organisation:
    """A member organisation of the alliance."""
    number = next(_numbers)
    given = {
        "slug": f"org-{number}",
        "name_ko": f"기관{number}",
        "name_en": f"Organisation {number}",
        "kind": Organisation.Kind.INDUSTRY,
        "joined_on": date(2025, 1, 2),
        **fields,
    }
    return Organisation.objects.create(**given)


def member(
    person: Person, organisation: Organisation, role: str = Membership.Role.MEMBER, **fields: Any
) -> Membership:
    """A membership in force since long ago."""
    given = {"starts_on": date(2025, 1, 2), **fields}
    return Membership.objects.create(person=person, organisation=organisation, role=role, **given)


def representative(organisation: Organisation, role: str = Membership.Role.REPRESENTATIVE) -> Person:
    """Somebody who speaks for it, reading English."""
    made = person(language="en")
    member(made, organisation, role)
    return made


def client_of(person: Person) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client
