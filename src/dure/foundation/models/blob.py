"""Content-addressed files."""

from django.db import models

from dure.foundation import clock


class Blob(models.Model):
    """A file known by its SHA-256. It never changes; equal content is stored once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.sha256[:12]
