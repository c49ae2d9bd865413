"""What the farm finds in a version's labs before it may be published."""

from django.db import models

from dure.learn.models.course import CourseVersion


class LabCheck(models.Model):
    """One program tried on a lab of a version: the reference, the stub or a known cheat, as job `job`.

    It is over when `finished_at` stands; `faults` are what is wrong with what came of it.
    """

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="checks")
    unit = models.CharField(max_length=60)
    program = models.CharField(max_length=60)
    job = models.UUIDField(unique=True)
    faults = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.unit} {self.program}"
