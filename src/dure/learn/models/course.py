"""Courses and their versions."""

from collections.abc import Collection
from typing import Any, Final

from django.db import models

from dure.engines import courses
from dure.foundation import clock
from dure.foundation.access import Audience
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.learn import visibility, workflows
from dure.people import api as people


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, person: Any) -> "CourseQuerySet":
        return self.filter(visibility.course_q(person))


class Course(Stateful):
    """A course under its address, from preparation to its close; what is taught is in its versions. States: `workflows.COURSE`.

    `current` is the version that new learners start with; title, summary, track and hours are that version's.
    """

    workflow = workflows.COURSE

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=32, choices=workflows.COURSE.choices, default="draft")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="courses")
    authors = models.ManyToManyField(people.Person, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    circle = models.ForeignKey(
        people.Circle, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    current = models.ForeignKey(
        "CourseVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title_ko = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    summary_ko = models.TextField(blank=True, max_length=600)
    summary_en = models.TextField(blank=True, max_length=600)
    track = models.CharField(max_length=16, blank=True)
    hours = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="course_by_state")]

    def __str__(self) -> str:
        return self.slug


class CourseVersion(Stateful):
    """What is taught, unchangeable. States: `workflows.COURSE_VERSION`.

    `digest` is the SHA-256 of the packed folder (`blob`); `content` is what `engines.courses` read in it, with the answers of
    its quizzes: nothing of it goes to a page but through `engines.courses`. `findings` says what a check of its labs found.
    """

    workflow = workflows.COURSE_VERSION

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=32, choices=workflows.COURSE_VERSION.choices, default="checking")
    digest = models.CharField(max_length=64)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    findings = models.JSONField(default=list)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="one_version_per_number"),
            models.UniqueConstraint(fields=["course", "digest"], name="one_version_per_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.number}"

    @property
    def taught(self) -> courses.Course:
        """The course as values."""
        return taught_of([self.pk])[self.pk] if self.pk else courses.Course.of_json(self.content)


MOST_READ: Final = 64
_read: dict[int, courses.Course] = {}


def taught_of(versions: Collection[int]) -> dict[int, courses.Course]:
    """These versions as values, by their keys: one query for all that this process has not read yet, since none ever changes."""
    found = {pk: taught for pk in versions if (taught := _read.get(pk))}
    if missing := set(versions) - set(found):
        rows = CourseVersion.objects.filter(pk__in=missing).values_list("pk", "content")
        fresh = {pk: courses.Course.of_json(content) for pk, content in rows}
        _read.update(fresh)
        found |= fresh
    for pk in list(_read)[:-MOST_READ]:
        _read.pop(pk, None)
    return found


class Lab(models.Model):
    """The files of a version's lab: what the judge finds, and what both find (`data`).

    The judge has `tests`, for a check only `public_tests`, and `hidden_data`.
    `digest` is the SHA-256 of all that decides on points: equal tests give equal results, whatever the version.
    """

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="labs")
    unit = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    tests = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    public_tests = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    data = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    hidden_data = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "unit"], name="one_lab_per_unit")]

    def __str__(self) -> str:
        return f"{self.version} {self.unit}"

    @property
    def taught(self) -> courses.Lab:
        """The lab as values."""
        unit = self.version.taught.unit(self.unit)
        if unit is None or unit.lab is None:
            raise ValueError(f"{self}: its version has no such lab")
        return unit.lab
