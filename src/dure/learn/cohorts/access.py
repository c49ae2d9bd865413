"""The only ways to a row of a cohort from an address."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dure.foundation.access import Denied, Hidden, demand
from dure.learn import access as courses
from dure.learn.cohorts import rules
from dure.learn.models import ClassSession, Cohort, Course, Place, SeatBlock
from dure.people import api as people


def access_cohort(person: Any, uid: UUID) -> Cohort:
    """The cohort. Raises Hidden unless the person may see it."""
    rows = Cohort.objects.visible_to(person).select_related(
        "course__organisation", "version", "programme", "circle"
    )
    cohort = rows.defer("version__content", "version__findings").filter(uid=uid).first()
    if cohort is None:
        raise Hidden(uid)
    return cohort


def access_led(person: Any, uid: UUID) -> Cohort:
    """The same, for who leads it. Raises Hidden or Denied."""
    cohort = access_cohort(person, uid)
    demand(rules.leads(person, cohort))
    return cohort


def access_roster(person: Any, uid: UUID) -> Cohort:
    """The same, for who reads how everybody in it does. Raises Hidden or Denied."""
    cohort = access_cohort(person, uid)
    demand(rules.may_read_roster(person, cohort))
    return cohort


def access_inside(person: Any, uid: UUID) -> Cohort:
    """The same, for who has a place in it, leads it or audits. Raises Hidden or Denied."""
    cohort = access_cohort(person, uid)
    if not rules.takes_part(place_of(person, cohort)):
        demand(rules.may_read_inside(person, cohort))
    return cohort


def access_block(person: Any, uid: UUID, block: UUID) -> SeatBlock:
    """A block of seats, for who may take seats of it back. Raises Hidden or Denied."""
    cohort = access_cohort(person, uid)
    rows = cohort.blocks.select_related("cohort__course", "sponsor", "reserved_for")
    found = rows.filter(uid=block).first()
    if found is None or not person.is_authenticated:
        raise Hidden(block)
    if not rules.leads(person, cohort) and not people.represents(person, found.sponsor):
        raise Hidden(block)
    return found


def access_place_in(cohort: Cohort, uid: UUID) -> Place:
    """Somebody's place in a cohort whose reader leads it. Raises Hidden for none."""
    place = places().filter(uid=uid, cohort=cohort).first()
    if place is None:
        raise Hidden(uid)
    return place


def access_class(person: Any, slug: str, uid: str) -> tuple[Course, Cohort | None]:
    """The course for who reads how its learners do: all of them, or with the uid of a cohort those of that one.

    Who leads a cohort without writing the course reads of its people alone. Raises Hidden or Denied.
    """
    if not uid:
        return courses.access_learners(person, slug), None
    course, cohort = courses.access_course(person, slug), access_roster(person, _uuid(uid))
    if cohort.course_id != course.pk:
        raise Hidden(uid)
    return course, cohort


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Hidden(text) from None


def access_sponsored(person: Any, uid: UUID, organisation: str) -> tuple[Cohort, people.Organisation]:
    """The cohort and the organisation whose people there this person may follow. Raises Hidden or Denied."""
    cohort, sponsor = access_cohort(person, uid), people.access_organisation(person, organisation)
    if not rules.may_read_roster(person, cohort) and not people.represents(person, sponsor):
        raise Denied(rules.NOT_READER)
    return cohort, sponsor


def place_of(person: Any, cohort: Cohort) -> Place | None:
    """This person's place in a cohort, or None."""
    if not person.is_authenticated:
        return None
    return places().filter(person_id=person.pk, cohort=cohort).first()


def access_place(person: Any, uid: UUID) -> Place:
    """One's own place, or one in a cohort that one leads. Raises Hidden otherwise."""
    place = places().filter(uid=uid).first()
    if place is None or not person.is_authenticated:
        raise Hidden(uid)
    if place.person_id != person.pk and not rules.leads(person, place.cohort):
        raise Hidden(uid)
    return place


def access_own_place(person: Any, cohort: Cohort) -> Place:
    """One's own place in a cohort, now or till its end. Raises Denied without one."""
    place = place_of(person, cohort)
    if place is None or not rules.takes_part(place):
        raise Denied(rules.NO_PLACE)
    return place


def access_session(person: Any, uid: UUID, session: UUID) -> ClassSession:
    """A session of a cohort that this person may see. Raises Hidden. Its link and address are for those inside."""
    cohort = access_cohort(person, uid)
    found = (
        ClassSession.objects.select_related("room__organisation").filter(cohort=cohort, uid=session).first()
    )
    if found is None:
        raise Hidden(session)
    found.cohort = cohort
    return found


def access_led_session(person: Any, uid: UUID, session: UUID) -> ClassSession:
    """The same, for who leads the cohort. Raises Hidden or Denied."""
    found = access_session(person, uid, session)
    demand(rules.leads(person, found.cohort))
    return found


def places() -> QuerySet[Place]:
    """Places with all that is told of them."""
    rows = Place.objects.select_related(
        "cohort__course__organisation",
        "cohort__circle",
        "person",
        "organisation",
        "block",
        "enrolment__standing",
    )
    return rows.select_related("cohort__version").defer(
        "cohort__version__content", "cohort__version__findings"
    )
