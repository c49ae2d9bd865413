"""The door of people: what other apps may use."""

from dure.people.actions.demo import put_demo_organisation, put_demo_person
from dure.people.callers import require_scope
from dure.people.models import Circle, CircleMember, Membership, Organisation, Person, PersonalAccessToken
from dure.people.visibility import audience_q, circles_of, organisations_of

__all__ = [
    "Circle",
    "CircleMember",
    "Membership",
    "Organisation",
    "Person",
    "PersonalAccessToken",
    "audience_q",
    "circles_of",
    "organisations_of",
    "put_demo_organisation",
    "put_demo_person",
    "require_scope",
]
