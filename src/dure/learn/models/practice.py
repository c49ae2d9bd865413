"""Answers to questions outside of courses: what one practises for oneself."""

from django.db import models

from dure.foundation import clock
from dure.people import api as people


class PracticeAnswer(models.Model):
    """A learner's answer to a packaged question. It is theirs alone, orders their practice, and goes when they say so.

    No learning event: those decide on standing and credentials of a course, and stay.
    """

    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    item = models.CharField(max_length=60)
    skill = models.CharField(max_length=60)
    given = models.JSONField()
    right = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "id"], name="practice_of_person")]

    def __str__(self) -> str:
        return self.item
