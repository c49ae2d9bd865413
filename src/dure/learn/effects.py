"""What else happens when a course or an enrolment moves."""

from typing import Any

from dure.foundation import clock
from dure.foundation.workflow import Change


def complete(change: Change) -> None:
    change.obj.completed_at = clock.now()


def publish(change: Change) -> None:
    """The version becomes the one that new learners start with, and its words are the course's."""
    from dure.learn.index import index_course  # noqa: PLC0415 - models need the tables that name this function
    from dure.learn.models import Course  # noqa: PLC0415 - same

    version: Any = change.obj
    version.published_at = clock.now()
    about = version.content
    Course.objects.filter(pk=version.course_id).update(
        current=version,
        title_ko=about["title"]["ko"],
        title_en=about["title"]["en"],
        summary_ko=about["summary"]["ko"],
        summary_en=about["summary"]["en"],
        track=about["track"],
        hours=about["hours"],
    )
    index_course(version)
