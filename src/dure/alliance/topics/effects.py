"""What else happens when a topic moves."""

from typing import Any

from dure.alliance.topics import telling
from dure.foundation.workflow import Change


def tell(change: Change) -> None:
    """Followers are told where it is now; the reason stands on its page."""
    topic: Any = change.obj
    topic.reason = change.data.get("reason", "")
    telling.tell_followers(telling.MOVED, topic, but=change.by)


def merge(change: Change) -> None:
    """Followers go along; who proposed it follows the other one now."""
    topic: Any = change.obj
    topic.reason = change.data["reason"]
    topic.merged_into = change.data["into"]
    telling.tell_merged(topic, topic.merged_into, but=change.by)
    from dure.alliance.topics.following import move  # noqa: PLC0415 - the models name the table that names this module

    move(topic, topic.merged_into)
