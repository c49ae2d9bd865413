"""Spreadsheets that the secretariat brought in."""

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.people.models.person import Person


class MemberImport(models.Model):
    """An uploaded list of organisations, people and memberships.

    A row is in one of these states: looked at (a dry run, `applied_at` empty) or applied. The file is bound by its hash, so what is
    applied is what was looked at; applying twice changes nothing.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename
