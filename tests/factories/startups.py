"""Startups that are looked at, for tests."""

from typing import Any

from dure.alliance.models import ScoutedStartup
from dure.alliance.scouting import noting
from dure.foundation import clock
from dure.people.models import Organisation, Person
from tests.factories import agreements, people


def said(**changed: Any) -> dict[str, Any]:
    """What `noting.note` is given."""
    return {
        "name_ko": "보기 로봇",
        "name_en": "Sample Robotics",
        "country": "CA",
        "region": "Toronto",
        "fields": ["robots"],
        "site": "https://robotics.example",
        "founded": 2024,
        "stage": "prototype",
        "about_ko": "창고 로봇을 만듭니다.",
        "about_en": "Builds robots for warehouses.",
        "reach": "own",
        **changed,
    }


def scouted(
    organisation: Organisation | None = None, *, by: Person | None = None, **changed: Any
) -> ScoutedStartup:
    """A startup that an organisation looks at, or the alliance."""
    who = by or (people.representative(organisation) if organisation else agreements.secretary())
    return noting.note(by=who, organisation=organisation, given=said(**changed))


def meeting(**changed: Any) -> dict[str, Any]:
    """What `noting.meet` is given."""
    return {
        "met_on": clock.today(),
        "addresses": "",
        "contacts": "Robin Example",
        "said": "They look for a first customer.",
        "reach": "own",
        **changed,
    }
