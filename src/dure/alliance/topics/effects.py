"""What else happens when a topic moves."""

from typing import Any

from dure.alliance.topics import telling
from dure.foundation.workflow import Change


def tell(change: Change) -> None:
    """Followers are told where it is now; the reason stands on its page."""
    topic: Any = change.obj
    topic.reason = change.data.get("reason", "")
    telling.tell_followers(telling.MOVED, topic, but=change.by)


def schedule(change: Change) -> None:
    """It stands at the end of a roundtable's agenda."""
    from dure.alliance.roundtables import editing  # noqa: PLC0415 - the models name the table that names this module

    topic: Any = change.obj
    editing.put(change.data["roundtable"], topic=topic, minutes=change.data["minutes"])
    topic.reason = ""
    telling.tell_followers(telling.MOVED, topic, but=change.by)


def unschedule(change: Change) -> None:
    """It stands on no agenda that is still ahead."""
    _take_off(change.obj)
    tell(change)


def park(change: Change) -> None:
    _take_off(change.obj)
    tell(change)


def _take_off(topic: Any) -> None:
    """Agendas of roundtables that were held keep it: there it was spoken about."""
    topic.agenda_items.filter(roundtable__state__in=("planned", "announced")).delete()


def adopt(change: Change) -> None:
    """The thing that it becomes is made in the same transaction."""
    from dure.alliance.topics import adoption  # noqa: PLC0415 - same

    topic: Any = change.obj
    adoption.adopt(topic, by=change.by, given=change.data)
    topic.reason = ""
    telling.tell_followers(telling.MOVED, topic, but=change.by)


def merge(change: Change) -> None:
    """Followers go along; who proposed it follows the other one now."""
    topic: Any = change.obj
    topic.reason = change.data["reason"]
    topic.merged_into = change.data["into"]
    telling.tell_merged(topic, topic.merged_into, but=change.by)
    from dure.alliance.topics.following import move  # noqa: PLC0415 - the models name the table that names this module

    move(topic, topic.merged_into)
