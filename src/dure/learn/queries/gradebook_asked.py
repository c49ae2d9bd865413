"""Which learners an address asks for, the same for pages, exports and REST."""

from collections.abc import Mapping, Sequence
from typing import Any

from dure.learn import risk
from dure.learn.models import Cohort, Course
from dure.learn.queries import learners_at_risk
from dure.learn.queries.gradebook import SORTS, UNIT_STATES, Asked, Shapes
from dure.people import api as people


def asked_in(
    given: Mapping[str, Any],
    course: Course,
    shapes: Shapes,
    *,
    organisation: people.Organisation | None = None,
    cohort: Cohort | None = None,
    found: Sequence[risk.AtRisk] | None = None,
) -> Asked:
    """What is not known counts as not asked. `found` are the learners at risk, where they have been looked for already."""
    sort, state = given.get("sort", ""), given.get("state", "")
    only = None
    if given.get("at_risk"):
        rows = learners_at_risk.at_risk(course, shapes, cohort=cohort) if found is None else found
        only = tuple(one.learning.key for one in rows)
    return Asked(
        sort=sort if sort in SORTS else "name",
        unit=given.get("unit", "") if state in UNIT_STATES else "",
        state=state if state in UNIT_STATES else "",
        only=only,
        organisation=organisation.pk if organisation else None,
        cohort=cohort.pk if cohort else None,
    )
