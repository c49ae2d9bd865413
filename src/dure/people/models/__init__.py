"""People, organisations and what binds them."""

from dure.people.models.circle import Circle, CircleMember
from dure.people.models.consent import Consent, ConsentText
from dure.people.models.entrance import Invitation, LoginLink, PersonalAccessToken
from dure.people.models.imported import MemberImport
from dure.people.models.organisation import Membership, Organisation
from dure.people.models.person import NAMED, Person
from dure.people.models.skill import Skill, SkillNeed

__all__ = [
    "NAMED",
    "Circle",
    "CircleMember",
    "Consent",
    "ConsentText",
    "Invitation",
    "LoginLink",
    "MemberImport",
    "Membership",
    "Organisation",
    "Person",
    "PersonalAccessToken",
    "Skill",
    "SkillNeed",
]
