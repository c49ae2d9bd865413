"""Following a topic: being told what becomes of it."""

from typing import Any

from django.db import transaction

from dure.alliance.models import Topic, TopicFollower
from dure.people import api as people


def follow(topic: Topic, *, by: people.Person) -> None:
    """Twice changes nothing. That `by` may read it is asked before."""
    TopicFollower.objects.get_or_create(topic=topic, person=by)


def unfollow(topic: Topic, *, by: people.Person) -> None:
    topic.followers.filter(person=by).delete()


def follows(topic: Topic, person: Any) -> bool:
    return bool(person.is_authenticated) and topic.followers.filter(person_id=person.pk).exists()


@transaction.atomic
def move(topic: Topic, into: Topic) -> None:
    """Followers of the one follow the other; who follows both stays there once."""
    for person_id in topic.followers.order_by("pk").values_list("person_id", flat=True):
        TopicFollower.objects.get_or_create(topic=into, person_id=person_id)
    topic.followers.all().delete()
