"""The search index."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from dure.foundation import clock


class SearchEntry(models.Model):
    """What can be found of one object. Who may find it is asked of its kind at query time, never stored here."""

    kind = models.CharField(max_length=40)
    uid = models.UUIDField()
    title_ko = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    body = models.TextField()
    tokens = SearchVectorField()
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "uid"], name="one_entry_per_object")]
        indexes = [GinIndex(fields=["tokens"], name="search_tokens")]

    def __str__(self) -> str:
        return self.title_ko or self.title_en
