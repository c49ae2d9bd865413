"""People who look for something, and who agreed to be found."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dure.foundation import clock
from dure.people.models import Organisation, Person
from dure.talent.models import ConsentGrant, Profile
from dure.talent.profiles import consent, record
from dure.talent.profiles.cards import FIELDS
from tests.factories import people
from tests.factories.talent import fact

WISHES: dict[str, Any] = {"kinds": ["job"], "regions": ["KR-11"], "languages": {"ko": 6}, "weekly_hours": 40}


def seeker(skills: Mapping[str, int] | None = None, **wishes: Any) -> Person:
    """Somebody who looks for a job in Seoul, reading English, with a credential for each of these skills at its level."""
    made = people.person(language="en")
    record.begin(made)
    Profile.objects.filter(person=made).update(gathered_at=clock.now(), **{**WISHES, **wishes})
    for skill, level in (skills or {}).items():
        fact(made, skill=skill, level=level, origin=f"course:{skill}")
    return made


def agreed(
    person: Person, organisation: Organisation | None = None, purpose: str = "be_found", **given: Any
) -> ConsentGrant:
    """The person's yes to a purpose for an organisation, or for all members."""
    until = clock.today() + timedelta(days=90)
    fields = {"fields": list(FIELDS), **given}
    return consent.give(by=person, purpose=purpose, organisation=organisation, expires_on=until, **fields)


def candidate(organisation: Organisation, skills: Mapping[str, int] | None = None, **wishes: Any) -> Person:
    """A seeker whom this organisation may find."""
    made = seeker(skills, **wishes)
    agreed(made, organisation)
    return made
