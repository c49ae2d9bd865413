"""The entrance test of a cohort, and who sat it."""

from django.db import models

from dure.foundation import clock
from dure.learn.models.cohort import Cohort, Place


class EntranceTest(models.Model):
    """Questions on `skills` that applicants answer once, within `minutes`; from `pass_percent` on it is passed."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="entrance")
    skills = models.JSONField(default=list)
    questions = models.PositiveSmallIntegerField(default=10)
    minutes = models.PositiveSmallIntegerField(default=30)
    pass_percent = models.PositiveSmallIntegerField(default=60)

    def __str__(self) -> str:
        return f"{self.questions}"


class EntranceSitting(models.Model):
    """A person's one try: which questions they were asked, what they answered, and the percentage that was right."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="sitting")
    items = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    percent = models.FloatField(null=True)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.percent}"
