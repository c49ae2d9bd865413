"""Labs."""

from django.db import models

from dure.farm.models.job import Job
from dure.people import api as people


class Lab(models.Model):
    """A person's lab: one each, whose home is kept for as long as the account.

    It is on while its `job` is open; in what state, the job says. `used_at` is when the notebook server last saw its person or a
    busy kernel; `warned_at` is when the person was told that it will be closed for not being used.
    """

    person = models.OneToOneField(people.Person, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["used_at"], name="lab_by_use")]

    def __str__(self) -> str:
        return str(self.person)
