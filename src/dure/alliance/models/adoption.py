"""What a topic became: the kind of thing, and which one."""

from django.db import models

from dure.alliance.models.topic import Topic
from dure.foundation import clock
from dure.people import api as people


class TopicAdoption(models.Model):
    """A topic was adopted as the thing `ref` of a kind in `topics/adoption.py`; the link is read from both sides."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="adoption")
    kind = models.CharField(max_length=20)
    ref = models.UUIDField()
    adopted_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    adopted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="adopted_thing_once")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.kind}"
