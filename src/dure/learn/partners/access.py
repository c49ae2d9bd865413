"""The only ways to a partner's course, a place in it or a certificate from an address."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden, demand
from dure.learn.models import PartnerCourse, PartnerPlace, PartnerSeats, Recognition, TrustedIssuer
from dure.learn.partners import rules


def access_course(person: Any, uid: UUID) -> PartnerCourse:
    """The course. Raises Hidden unless the person may see it."""
    rows = PartnerCourse.objects.visible_to(person).select_related("organisation")
    course = rows.filter(uid=uid).first()
    if course is None:
        raise Hidden(uid)
    return course


def access_managed(person: Any, uid: UUID) -> PartnerCourse:
    """The same, for who looks after it. Raises Hidden or Denied."""
    course = access_course(person, uid)
    demand(rules.may_manage(person, course))
    return course


def access_block(course: PartnerCourse, uid: UUID) -> PartnerSeats:
    """Seats of a course that one looks after. Raises Hidden."""
    block = course.blocks.filter(uid=uid).first()
    if block is None:
        raise Hidden(uid)
    return block


def access_issuer(course: PartnerCourse, uid: UUID) -> TrustedIssuer:
    """An issuer named for a course that one looks after. Raises Hidden."""
    issuer = course.issuers.filter(uid=uid).first()
    if issuer is None:
        raise Hidden(uid)
    return issuer


def access_place(person: Any, uid: UUID) -> PartnerPlace:
    """One's own place, or one in a course that one looks after. Raises Hidden otherwise."""
    rows = PartnerPlace.objects.select_related("course__organisation", "person", "organisation", "block")
    place = rows.filter(uid=uid).first() if person.is_authenticated else None
    if place is None:
        raise Hidden(uid)
    if place.person_id != person.pk and not rules.may_manage(person, place.course):
        raise Hidden(uid)
    return place


def access_recognition(person: Any, uid: UUID) -> Recognition:
    """One's own certificate, or one that one may decide on or look into. Raises Hidden otherwise."""
    rows = Recognition.objects.visible_to(person).select_related(
        "course__organisation", "person", "decided_by", "blob"
    )
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
