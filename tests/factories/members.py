"""Applications for membership and members for tests."""

from typing import Any

from dure.alliance.members import applying, standing
from dure.alliance.models import Joining, Member, MemberLevel
from dure.foundation import clock
from dure.people.models import Organisation, Person
from dure.talent.models import VerifiedOrganisation
from tests.factories import people
from tests.factories.agreements import representative_of, secretary


def level(slug: str = "associate") -> MemberLevel:
    return MemberLevel.objects.get(slug=slug)


def outsider(**fields: Any) -> Organisation:
    """A verified organisation in the register that is no member."""
    made = people.organisation(joined_on=None, **fields)
    VerifiedOrganisation.objects.create(organisation=made, papers="Register of companies")
    return made


def given(contact: Person, **changed: Any) -> dict[str, Any]:
    """What `applying.apply` takes beside the organisation."""
    return {
        "level": level(),
        "cooperation": ["talent"],
        "why": "함께 배우고 싶습니다.",
        "brings": "GPU 서버 네 대",
        "contact": contact,
        "agreement": None,
        **changed,
    }


def joining(organisation: Organisation | None = None, **changed: Any) -> Joining:
    """An application that is with the secretariat, handed in by the organisation's representative."""
    where = organisation or outsider()
    by = representative_of(where)
    return applying.apply(by=by, organisation=where, given=given(by, **changed))


def accepted(organisation: Organisation | None = None, **changed: Any) -> Member:
    """A member by the way of an application."""
    made = joining(organisation, **changed)
    data = {"level": made.level, "since": clock.today(), "agreement": made.agreement, "reason": "Welcome"}
    applying.act(made, "accept", by=secretary(), data=data)
    return Member.objects.get(joining=made)


def entered(organisation: Organisation | None = None, slug: str = "associate") -> Member:
    """A member of the register at a level."""
    where = organisation or people.organisation()
    return standing.enter(where, by=secretary(), level=level(slug))
