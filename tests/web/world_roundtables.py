"""Roundtables' part of the small alliance: a topic that all members know, and one in confidence; a guru, and an invitation."""

from collections.abc import Callable
from typing import Any

from dure.alliance.models import GuruTerm
from dure.alliance.topics import proposing
from tests.factories import roundtables

Values = dict[tuple[str, str], Any]
MAY_READ: dict[str, set[str]] = {
    "guru": {"owner", "secretariat", "auditor"},
    "topic": {"owner", "host", "secretariat", "auditor"},
    "topicmessage": {"owner", "host", "secretariat", "auditor"},
}
"""In confidence: people of the organisation that proposed it, the secretariat and the auditor; and gurus, whom nobody walks as."""


def shown(world: Any) -> Values:
    """A guru whom everybody knows, and a topic of the firm for all members."""
    term = roundtables.guru()
    topic = roundtables.topic(by=world.owner, organisation=world.firm)
    return _values(term, topic)


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """An invitation that nobody has answered, and a topic in confidence with a word about it."""
    words = {f"{name}_{code}": text("topic") for name in ("title", "text", "why") for code in ("ko", "en")}
    topic = roundtables.topic(by=world.owner, organisation=world.firm, reach="confidential", **words)
    proposing.write(topic, by=world.owner, body=text("topicmessage"))
    known = {f"known_for_{code}": text("guru") for code in ("ko", "en")}
    term = roundtables.term(world.owner, by=world.people["secretariat"], **known)
    return _values(term, topic)


def _values(term: GuruTerm, topic: Any) -> Values:
    return {("gurus", "uid"): term.uid, ("topics", "uid"): topic.uid}
