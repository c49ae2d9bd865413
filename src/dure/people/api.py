"""The door of people: what other apps may use."""

from dure.people.actions.alliance import (
    join_alliance,
    leave_alliance,
    resume_in_alliance,
    suspend_in_alliance,
)
from dure.people.actions.circles import (
    add_organisation,
    add_person,
    circle_organisations,
    circle_people,
    close_circle,
    create_circle,
    remove,
    who_sees,
)
from dure.people.actions.consents import give_consent, latest_texts
from dure.people.actions.demo import put_demo_organisation, put_demo_person
from dure.people.actions.entrance import issue_login_link
from dure.people.actions.memberships import start_membership
from dure.people.actions.roles import grant_role
from dure.people.callers import authenticate, require_scope
from dure.people.countries import COUNTRIES, country_choices, country_name
from dure.people.events import AccountDeleted, MembershipEnded, MembershipStarted
from dure.people.exports import register_export
from dure.people.index import index_organisation, index_person
from dure.people.levels import LEVEL_NAMES
from dure.people.models import (
    NAMED,
    Circle,
    CircleMember,
    Membership,
    Organisation,
    Person,
    PersonalAccessToken,
    Skill,
)
from dure.people.panels import register_panel
from dure.people.queries_skills import skill_named, skills_named, skills_to_choose
from dure.people.rules import may_speak_for, may_speak_for_any, represents
from dure.people.signed_in import signed_in
from dure.people.visibility import (
    access_organisation,
    access_person,
    addresses_of,
    audience_q,
    circles_of,
    is_alliance_member,
    is_secretary,
    organisations_of,
    own_organisations,
    reached_q,
    represented_organisations,
    secretaries,
    visible_organisations,
    visible_people,
)

__all__ = [
    "COUNTRIES",
    "LEVEL_NAMES",
    "NAMED",
    "AccountDeleted",
    "Circle",
    "CircleMember",
    "Membership",
    "MembershipEnded",
    "MembershipStarted",
    "Organisation",
    "Person",
    "PersonalAccessToken",
    "Skill",
    "access_organisation",
    "access_person",
    "add_organisation",
    "add_person",
    "addresses_of",
    "audience_q",
    "authenticate",
    "circle_organisations",
    "circle_people",
    "circles_of",
    "close_circle",
    "country_choices",
    "country_name",
    "create_circle",
    "give_consent",
    "grant_role",
    "index_organisation",
    "index_person",
    "is_alliance_member",
    "is_secretary",
    "issue_login_link",
    "join_alliance",
    "latest_texts",
    "leave_alliance",
    "may_speak_for",
    "may_speak_for_any",
    "organisations_of",
    "own_organisations",
    "put_demo_organisation",
    "put_demo_person",
    "reached_q",
    "register_export",
    "register_panel",
    "remove",
    "represented_organisations",
    "represents",
    "require_scope",
    "resume_in_alliance",
    "secretaries",
    "signed_in",
    "skill_named",
    "skills_named",
    "skills_to_choose",
    "start_membership",
    "suspend_in_alliance",
    "visible_organisations",
    "visible_people",
    "who_sees",
]
