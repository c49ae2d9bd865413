"""Who may do what with partners' courses and foreign certificates: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.learn.rules import may_teach_for
from dure.people import api as people

NOT_MANAGER = Refused(
    "not_partner_manager",
    _(
        "Only representatives and instructors of the organisation that lists the course, and the secretariat can do this."
    ),
)
NOT_OWN = Refused("not_own_request", _("Only the person who asked can do this."))
NOT_REVIEWER = Refused(
    "not_reviewer",
    _(
        "Only the secretariat and instructors of the organisation that lists the course decide on certificates."
    ),
)
OWN_CERTIFICATE = Refused("own_certificate", _("Nobody decides on their own certificate."))
COLLEAGUE = Refused(
    "colleagues_certificate",
    _("Whoever hands it in belongs to your own organisation. Somebody of another one decides."),
)
ALREADY = Refused(
    "certificate_already",
    _("You have handed in a certificate of this course already. Withdraw it to hand in another."),
)
NOT_LISTED = Refused("not_listed", _("This course is not listed now."))
TOO_LATE = Refused("partner_too_late", _("The date until which one could ask has passed."))
FULL = Refused("partner_full", _("No seat is free that this person may have."))
NO_SEATS = Refused("partner_no_seats", _("This course gives no seats here. Go to its own page."))
NO_SKILLS = Refused("partner_no_skills", _("Name at least one skill that it teaches first."))


def may_list(person: Any, organisation: Any) -> Decision:
    return may_teach_for(person, organisation, NOT_MANAGER)


def may_list_any(person: Any) -> Decision:
    """Whether this person could list a course of any organisation."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT, Role.INSTRUCTOR):
        return ALLOWED
    return ALLOWED if people.represented_organisations(person).exists() else NOT_MANAGER


def may_manage(person: Any, course: Any) -> Decision:
    return may_list(person, course.organisation)


def may_manage_place(person: Any, place: Any) -> Decision:
    return may_manage(person, place.course)


def is_own(person: Any, row: Any) -> Decision:
    return ALLOWED if person.is_authenticated and person.pk == row.person_id else NOT_OWN


def has_skills(course: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if course.skills else NO_SKILLS


def takes_people(course: Any) -> Decision:
    """Whether somebody can ask for a seat today."""
    if course.state != "listed":
        return NOT_LISTED
    late = course.apply_until is not None and clock.today() > course.apply_until
    if late:
        return TOO_LATE
    return ALLOWED if course.blocks.exists() else NO_SEATS


def may_ask(person: Any, course: Any) -> Decision:
    return takes_people(course) if person.is_authenticated else SIGN_IN


def may_ask_again(place: Any, _data: Mapping[str, Any]) -> Decision:
    return takes_people(place.course)


def has_seat(place: Any, _data: Mapping[str, Any]) -> Decision:
    from dure.learn.partners.seating import seat_for  # noqa: PLC0415 - models need the tables that name this rule

    return ALLOWED if seat_for(place) else FULL


def may_hand_in(person: Any, course: Any) -> Decision:
    """A closed course's certificates count as before: its learners finished while it was listed."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if course.state in ("listed", "closed") else NOT_LISTED


def may_review(person: Any, recognition: Any) -> Decision:
    """The secretariat, and instructors of the organisation that lists the course; never oneself or a colleague's."""
    if not person.is_authenticated:
        return SIGN_IN
    if not _is_reviewer(person, recognition.course):
        return NOT_REVIEWER
    if person.pk == recognition.person_id:
        return OWN_CERTIFICATE
    return COLLEAGUE if _are_colleagues(person, recognition.person) else ALLOWED


def _is_reviewer(person: Any, course: Any) -> bool:
    if has_role(person, Role.SECRETARIAT):
        return True
    return has_role(person, Role.INSTRUCTOR) and course.organisation in people.own_organisations(person)


def _are_colleagues(person: Any, other: Any) -> bool:
    shared = people.own_organisations(other).filter(pk__in=people.organisations_of(person))
    return bool(shared.exists())


def may_take_back(person: Any, recognition: Any) -> Decision:
    """What counted by mistake: the secretariat, under the same conditions."""
    if person.is_authenticated and not has_role(person, Role.SECRETARIAT):
        return NOT_REVIEWER
    return may_review(person, recognition)


def may_review_any(person: Any) -> Decision:
    """Whether certificates can ever wait for this person."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT, Role.INSTRUCTOR) else NOT_REVIEWER
