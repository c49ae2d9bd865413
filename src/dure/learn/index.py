"""What of courses can be found by search."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.foundation import search
from dure.learn.models import Course, CourseVersion


def register() -> None:
    """Called once when the app is ready. Who finds a course is asked when somebody searches."""
    search.register_kind(
        "course",
        label=_("Courses"),
        visible_uids=lambda person: Course.objects.visible_to(person).values("uid"),
    )


def index_course(version: CourseVersion) -> None:
    """Index a course by the version that new learners begin with: its words, and what its units are called."""
    taught, course = version.taught, version.course
    texts = [taught.summary, taught.audience, *(goal for unit in taught.units for goal in unit.goals)]
    words = [word for text in texts for word in (text.ko, text.en)]
    words += [word for unit in taught.units for word in (unit.title.ko, unit.title.en)]
    search.put(
        kind="course",
        uid=course.uid,
        title_ko=taught.title.ko,
        title_en=taught.title.en,
        url=reverse("learn:course", args=[course.slug]),
        body="\n".join(words),
    )
