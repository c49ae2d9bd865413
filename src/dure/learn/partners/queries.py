"""Reads of partners' courses for pages and REST, each a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from dure.foundation import faults
from dure.foundation.access import Role, has_role
from dure.learn.models import PartnerCourse, PartnerPlace, PartnerSeats, Recognition
from dure.learn.partners import visibility
from dure.learn.partners.seating import with_taken
from dure.learn.paths.teaching import AtLevel
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Seats:
    """Free seats as one person sees them: for anybody, and for the people of their organisations."""

    anybody: int
    own: int


def listed(person: Any, *, kind: str = "") -> QuerySet[PartnerCourse]:
    """What this person sees, the newest first."""
    rows = PartnerCourse.objects.visible_to(person).select_related("organisation")
    return rows.filter(kind=kind) if kind else rows


def skills_of(levels: dict[str, int]) -> list[AtLevel]:
    """Skills with their levels in the order of the catalogue; one query."""
    return [AtLevel(skill, levels[slug]) for slug, skill in people.skills_named(levels).items()]


def seats_for(person: Any, course: PartnerCourse) -> Seats:
    """One query. What is reserved for other organisations is for them to know."""
    mine = Q(reserved_for__in=people.organisations_of(person)) if person.is_authenticated else Q(pk__in=())
    seen = course.blocks.filter(Q(reserved_for=None) | mine)
    free = [(block.reserved_for_id, max(0, block.free)) for block in with_taken(seen)]
    return Seats(
        anybody=sum(seats for reserved, seats in free if reserved is None),
        own=sum(seats for reserved, seats in free if reserved is not None),
    )


def blocks(course: PartnerCourse) -> "QuerySet[PartnerSeats]":
    """All seats with how many are taken and free, for who looks after the course."""
    found: QuerySet[PartnerSeats] = with_taken(course.blocks.select_related("reserved_for")).order_by("pk")
    return found


def places(course: PartnerCourse) -> QuerySet[PartnerPlace]:
    """Everybody who asked, the open requests first."""
    rows = course.places.select_related("person", "organisation", "block", "course__organisation")
    return rows.order_by("state", "asked_at", "pk")


def place_of(person: Any, course: PartnerCourse) -> PartnerPlace | None:
    """This person's place, or None."""
    if not person.is_authenticated:
        return None
    rows = PartnerPlace.objects.select_related("course__organisation", "person")
    return rows.filter(person_id=person.pk, course=course).first()


def recognition_of(person: Any, course: PartnerCourse) -> Recognition | None:
    """This person's last certificate of the course, or None."""
    if not person.is_authenticated:
        return None
    return Recognition.objects.filter(person_id=person.pk, course=course).first()


def mine(person: people.Person) -> QuerySet[Recognition]:
    """All that a person handed in, the last first."""
    return Recognition.objects.filter(person=person).select_related("course", "decided_by", "person", "blob")


def waiting(person: Any) -> QuerySet[Recognition]:
    """What waits for this person's decision, the longest first."""
    rows = Recognition.objects.filter(state="handed_in").select_related(
        "course__organisation", "person", "blob", "decided_by"
    )
    return rows.filter(reviewable_q(person)).order_by("pk")


def reviewable_q(person: Any) -> Q:
    """As `rules.may_review` decides, as a condition."""
    if has_role(person, Role.SECRETARIAT):
        return ~Q(person_id=person.pk) & ~visibility.colleague_q(person)
    return visibility.reviewed_q(person) if has_role(person, Role.INSTRUCTOR) else Q(pk__in=())


def recognised(person: people.Person) -> list[Recognition]:
    """What counts, the last first; one query."""
    rows = Recognition.objects.filter(person=person, state__in=visibility.COUNTS)
    return list(rows.select_related("course", "decided_by").order_by("-decided_at", "-pk"))


def findings(row: Recognition) -> list[str]:
    """Why a signature did not settle it, in words."""
    return [faults.sentence(faults.of_json(one)) for one in row.findings]


def given_and_used(course: PartnerCourse) -> tuple[int, int]:
    """Seats given and not taken back, and seats in use; two queries."""
    total = course.blocks.aggregate(given=Sum("seats"), back=Sum("returned"))
    return (total["given"] or 0) - (total["back"] or 0), course.places.filter(state="given").count()
