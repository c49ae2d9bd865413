"""Listing a partner's course, changing what is said of it, and giving seats."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet

from dure.foundation import audit, events
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.faults import Fault, Faulty
from dure.learn.events import PartnerSeatsGiven
from dure.learn.models import PartnerCourse, PartnerSeats
from dure.learn.partners import rules
from dure.learn.partners.rules import FULL
from dure.learn.partners.seating import with_taken
from dure.people import api as people

FIELDS = (
    "run_by",
    "kind",
    "title_ko",
    "title_en",
    "summary_ko",
    "summary_en",
    "terms_ko",
    "terms_en",
    "url",
    "language",
    "hours",
    "starts_on",
    "ends_on",
    "apply_until",
    "skills",
    "achievement",
)
MOST_SKILLS, MOST_SEATS = 12, 5000


@transaction.atomic
def create(
    *, by: people.Person, organisation: people.Organisation, given: Mapping[str, Any]
) -> PartnerCourse:
    """A course in preparation. Raises Denied, and Faulty with everything that is wrong."""
    demand(rules.may_list(by, organisation))
    check(given)
    made = PartnerCourse.objects.create(organisation=organisation, made_by=by, **_fields(given))
    audit.write(by=by, action="partner_course.made", obj=made)
    return made


@transaction.atomic
def edit(course: PartnerCourse, *, by: people.Person, given: Mapping[str, Any]) -> PartnerCourse:
    """Change what is said of it. What was recognised before keeps the skills of its day."""
    demand(rules.may_manage(by, course))
    check(given)
    locked = PartnerCourse.objects.select_for_update(of=("self",)).get(pk=course.pk)
    for name, value in _fields(given).items():
        setattr(locked, name, value)
    locked.save(update_fields=[*FIELDS])
    audit.write(by=by, action="partner_course.changed", obj=locked)
    return locked


def _fields(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in FIELDS}


def check(given: Mapping[str, Any]) -> None:
    """Raise Faulty with every fault: `no_https`, `ends_first`, `unknown_skills`, `bad_skill_level`, `too_many_skills`."""
    faults = []
    if urlsplit(given["url"]).scheme != "https":
        faults.append(Fault("no_https", place="url"))
    starts, ends = given["starts_on"], given["ends_on"]
    if starts and ends and ends < starts:
        faults.append(Fault("ends_first", place="ends_on"))
    faults += _skill_faults(given["skills"])
    if faults:
        raise Faulty(faults)


def _skill_faults(skills: Mapping[str, int]) -> list[Fault]:
    faults = []
    if len(skills) > MOST_SKILLS:
        faults.append(Fault("too_many_skills", {"limit": MOST_SKILLS}, place="skills"))
    named = people.skills_named(skills)
    unknown = [slug for slug in skills if slug not in named or named[slug].is_retired]
    if unknown:
        faults.append(Fault("unknown_skills", {"names": ", ".join(unknown)[:200]}, place="skills"))
    if not all(level in people.LEVEL_NAMES for level in skills.values()):
        faults.append(Fault("bad_skill_level", place="skills"))
    return faults


@transaction.atomic
def give_seats(
    course: PartnerCourse, *, by: people.Person, seats: int, reserved_for: people.Organisation | None = None
) -> PartnerSeats:
    """Seats for the people of one organisation, or for anybody. Raises Denied."""
    demand(rules.may_manage(by, course))
    block = PartnerSeats.objects.create(course=course, seats=seats, reserved_for=reserved_for)
    audit.write(by=by, action="partner_course.seats_given", obj=course, detail={"seats": seats})
    events.record(_given(block, seats))
    return block


@transaction.atomic
def return_seats(block: PartnerSeats, *, by: people.Person, seats: int) -> PartnerSeats:
    """Take back seats that nobody has. Raises Denied, also for more than are free."""
    course = lock(block.course)
    demand(rules.may_manage(by, course))
    found: Any = with_taken(PartnerSeats.objects.filter(pk=block.pk)).get()
    if seats < 1 or found.free < seats:
        raise Denied(Refused("not_so_many", FULL.message))
    PartnerSeats.objects.filter(pk=block.pk).update(returned=found.returned + seats)
    audit.write(by=by, action="partner_course.seats_returned", obj=course, detail={"seats": seats})
    events.record(_given(found, -seats, returned=found.returned + seats))
    found.refresh_from_db()
    returned: PartnerSeats = found
    return returned


def _given(block: PartnerSeats, seats: int, *, returned: int = 0) -> PartnerSeatsGiven:
    return PartnerSeatsGiven(
        course=str(block.course.uid),
        block=str(block.uid),
        giver=str(block.course.organisation.uid),
        reserved_for=str(block.reserved_for.uid) if block.reserved_for else "",
        seats=seats,
        returned=returned,
    )


def lock(course: PartnerCourse) -> PartnerCourse:
    """The course's row, locked till the transaction ends."""
    rows: QuerySet[PartnerCourse] = PartnerCourse.objects.select_for_update(of=("self",))
    return rows.select_related("organisation").get(pk=course.pk)
