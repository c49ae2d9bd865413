"""Making a cohort and changing it: what was typed in, and everything that is wrong with it at once."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.learn.cohorts import coaching, enrolling, places, programmes, rules, seats, telling
from dure.learn.models import Cohort, Course, CourseVersion
from dure.people import api as people

PLAIN: Final = (
    "name_ko",
    "name_en",
    "term",
    "language",
    "admission",
    "starts_on",
    "ends_on",
    "apply_until",
    "attendance_asked",
)
"""What stands in the row as it was typed in; beside it `version` by its number, `programme` by its slug, `coaches` by words."""


@transaction.atomic
def make(*, by: people.Person, course: Course, values: Mapping[str, Any]) -> Cohort:
    """A cohort in preparation with its circle and, where `seats` are named, the first of them.

    Raises Denied, Faulty with every fault. The key of its attendance codes is drawn here and never shown.
    """
    demand(rules.may_make(by, course))
    _refuse_faulty(values, course, by)
    coaches = coaching.found(values["coaches"]).coaches
    cohort = Cohort.objects.create(
        course=course,
        circle=_circle(by, course, values),
        code_key=secrets.token_bytes(32),
        made_by=by,
        **_columns(values, course),
    )
    coaching.put(cohort, coaches, by=by)
    audit.write(by=by, action="cohort.made", obj=cohort, detail={"version": cohort.version.number})
    if values.get("seats"):
        sponsor, reserved_for = values.get("sponsor") or course.organisation, values.get("reserved_for")
        seats.give(by=by, cohort=cohort, sponsor=sponsor, seats=values["seats"], reserved_for=reserved_for)
    return cohort


@transaction.atomic
def change(*, by: people.Person, cohort: Cohort, values: Mapping[str, Any]) -> Cohort:
    """Write the cohort anew. Raises Denied, Faulty with every fault; then nothing has changed.

    Another version is another syllabus than was announced: everybody in it moves to it and is told, and it stands in the trail.
    """
    locked = places.lock(cohort)
    demand(rules.may_change(by, locked))
    _refuse_faulty(values, locked.course, by, cohort=locked)
    before, columns = locked.version, _columns(values, locked.course)
    changed = sorted(name for name, value in columns.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, columns[name])
    locked.save(update_fields=changed)
    coaching.put(locked, coaching.found(values["coaches"]).coaches, by=by)
    audit.write(by=by, action="cohort.changed", obj=locked, detail={"changed": changed})
    if "version" in changed:
        _teach(locked, before, by=by)
    return locked


def faults(
    values: Mapping[str, Any], course: Course, *, by: Any, cohort: Cohort | None = None
) -> list[Fault]:
    """Everything that is wrong, each with its field as the place; a field that is missing in `values` is not asked about."""
    given = {name: value for name, value in values.items() if value is not None}
    return [
        *_of_name(given),
        *_of_days(given),
        *_of_version(given, course),
        *coaching.faults(given.get("coaches")),
        *programmes.faults(given.get("programme", ""), by=by, cohort=cohort),
        *_of_numbers(given),
    ]


def versions_of(course: Course) -> list[int]:
    """Numbers of the versions that a cohort can learn, the newest first."""
    rows = course.versions.filter(state="published").order_by("-number")
    return list(rows.values_list("number", flat=True))


def _refuse_faulty(
    values: Mapping[str, Any], course: Course, by: Any, *, cohort: Cohort | None = None
) -> None:
    found = faults(values, course, by=by, cohort=cohort)
    if found:
        raise Faulty(found)


def _of_name(given: Mapping[str, Any]) -> list[Fault]:
    names = [given.get(name) for name in ("name_ko", "name_en")]
    if None in names or any(str(name).strip() for name in names):
        return []
    return [Fault("no_cohort_name", place="name_ko")]


def _of_days(given: Mapping[str, Any]) -> list[Fault]:
    starts, ends, until = (given.get(name) for name in ("starts_on", "ends_on", "apply_until"))
    found = []
    if starts and ends and ends < starts:
        found.append(Fault("cohort_ends_before_it_starts", place="ends_on"))
    if ends and until and until > ends:
        found.append(Fault("apply_after_the_end", place="apply_until"))
    return found


def _of_version(given: Mapping[str, Any], course: Course) -> list[Fault]:
    if "version" not in given or given["version"] in versions_of(course):
        return []
    return [Fault("no_such_version", place="version")]


def _of_numbers(given: Mapping[str, Any]) -> list[Fault]:
    found = []
    if not 0 <= given.get("attendance_asked", 0) <= 100:
        found.append(Fault("attendance_no_percent", place="attendance_asked"))
    if not 0 <= given.get("seats", 0) <= seats.MOST:
        found.append(Fault("seats_out_of_range", {"most": seats.MOST}, place="seats"))
    return found


def _columns(values: Mapping[str, Any], course: Course) -> dict[str, Any]:
    """What is written into the row. The values have no fault."""
    version = course.versions.defer("content", "findings").get(number=values["version"])
    programme = programmes.called(values.get("programme", ""))
    words = {name: values[name] for name in PLAIN}
    stripped = {name: word.strip() if isinstance(word, str) else word for name, word in words.items()}
    return {**stripped, "version": version, "programme": programme}


def _circle(by: Any, course: Course, values: Mapping[str, Any]) -> people.Circle:
    """The audience of what the cohort shares, named after it."""
    name_ko, name_en = (values[f"name_{code}"].strip() for code in ("ko", "en"))
    title_ko, title_en = course.title_ko or course.title_en, course.title_en or course.title_ko
    return people.create_circle(
        by=by,
        kind=people.Circle.Kind.COHORT,
        name_ko=f"{title_ko}: {name_ko or name_en}"[:160],
        name_en=f"{title_en}: {name_en or name_ko}"[:160],
    )


def _teach(cohort: Cohort, before: CourseVersion, *, by: Any) -> None:
    """The cohort has another syllabus now."""
    moved = enrolling.follow_version(cohort)
    detail = {
        "before": before.number,
        "after": cohort.version.number,
        "digest": cohort.version.digest,
        "moved": moved,
    }
    audit.write(by=by, action="cohort.syllabus_changed", obj=cohort, detail=detail)
    telling.syllabus_changed(cohort, by=by, before=before.number, after=cohort.version.number)
