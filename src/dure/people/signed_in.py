"""The caller of an operation."""

from django.http import HttpRequest

from dure.foundation.access import SIGN_IN, Denied
from dure.foundation.pages import person_of
from dure.people.models import Person


def signed_in(request: HttpRequest) -> Person:
    """The person who calls; a stranger is told to sign in."""
    person = person_of(request)
    if not isinstance(person, Person):
        raise Denied(SIGN_IN)
    return person
