"""A small year for tests of its figures."""

from typing import Any

from dure.alliance.models import OrganisationFacts
from dure.people.models import Organisation, Person
from tests.factories import people


def noted(organisation: Organisation, *, size: str = "", region: str = "") -> Organisation:
    OrganisationFacts.objects.create(organisation=organisation, size=size, region=region)
    return organisation


def funder() -> Person:
    return people.person(roles=["funder"], language="en")


def amounts(content: dict[str, Any], code: str) -> dict[str, tuple[str, str]]:
    """Of a figure, now and before by unit."""
    (line,) = (one for one in content["lines"] if one["code"] == code)
    return {one["unit"]: (one["now"], one["before"]) for one in line["amounts"]}


def groups(content: dict[str, Any], code: str, name: str) -> dict[str, str | None]:
    """Of a figure, a breakdown by key."""
    (line,) = (one for one in content["lines"] if one["code"] == code)
    return {one["key"]: one["amount"] for one in line["by"][name]}
