"""Grading again what was handed in before, with a version's tests."""

from typing import Any

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import demand
from dure.learn import rules, tasks
from dure.learn.labs.asking import graded_by_others
from dure.learn.models import CourseVersion


@transaction.atomic
def grade_again(*, by: Any, version: CourseVersion) -> int:
    """Have it done in the background; returns how many attempts it concerns. Raises Denied."""
    demand(rules.may_grade_again(by, version))
    count = sum(graded_by_others(lab).count() for lab in version.labs.select_related("version"))
    audit.write(by=by, action="course_version.grade_again", obj=version, detail={"count": count})
    if count:
        tasks.grade_again.defer(version=str(version.uid))
    return count
