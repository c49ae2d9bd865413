"""Roundtables' part of the small alliance: a topic that all members know, and one in confidence; a guru, and an invitation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dure.alliance.models import GuruTerm, Roundtable, Vote
from dure.alliance.topics import proposing
from dure.engines import voting
from dure.foundation import clock
from tests.factories import roundtables

Values = dict[tuple[str, str], Any]
MAY_READ: dict[str, set[str]] = {
    "guru": {"owner", "secretariat", "auditor"},
    "roundtable": {"secretariat", "auditor"},
    "roundtablepart": {"secretariat", "auditor"},
    "vote": {"secretariat", "auditor"},
    "topic": {"owner", "host", "secretariat", "auditor"},
    "topicmessage": {"owner", "host", "secretariat", "auditor"},
}
"""In confidence: people of the organisation that proposed it, the secretariat and the auditor; and gurus, whom nobody walks as."""


def shown(world: Any) -> Values:
    """A guru whom everybody knows, and a topic of the firm for all members."""
    term = roundtables.guru()
    topic = roundtables.topic(by=world.owner, organisation=world.firm)
    return _values(term, topic) | _shown_meeting() | _shown_vote()


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """An invitation that nobody has answered, and a topic in confidence with a word about it."""
    words = {f"{name}_{code}": text("topic") for name in ("title", "text", "why") for code in ("ko", "en")}
    topic = roundtables.topic(by=world.owner, organisation=world.firm, reach="confidential", **words)
    proposing.write(topic, by=world.owner, body=text("topicmessage"))
    known = {f"known_for_{code}": text("guru") for code in ("ko", "en")}
    term = roundtables.term(world.owner, by=world.people["secretariat"], **known)
    return _values(term, topic) | _meeting(text) | _prepared(text("vote"))


def _shown_meeting() -> Values:
    return _meeting(lambda _name: "Shown", state="minuted", announced_at=clock.now())


def _shown_vote() -> Values:
    """A vote that was counted, with a ballot in its list."""
    listed = [["00000-00000-00000-00000-00000", [["yes"]], "1"]]
    said = {"state": "decided", "opened_at": clock.now(), "reach": "members", "listed": listed, "whole": 1}
    return _prepared("Shown", **said)


def _prepared(name: str, **said: Any) -> Values:
    """A motion of which only the secretariat knows, without more."""
    rule = voting.rule_data(voting.Rule(method="motion"))
    made = Vote.objects.create(
        title_ko=name, title_en=name, about_en=name, rule=rule, closes_at=clock.now(), **said
    )
    return {("votes", "uid"): made.uid}


def _meeting(text: Callable[[str], str], **said: Any) -> Values:
    """A roundtable with a point, something to read, minutes and a task; without more one that is only planned."""
    name, part, begins = text("roundtable"), text("roundtablepart"), clock.now()
    made = Roundtable.objects.create(
        title_ko=name, title_en=name, about_en=name, place=name, minutes_en=part, minutes_ko=part,
        starts_at=begins, ends_at=begins + timedelta(hours=1), **said,
    )  # fmt: skip
    item = made.items.create(title_en=part, minutes=5)
    material = made.materials.create(title=part, link="/topics")
    task = made.tasks.create(what_en=part, due_on=clock.today())
    return {
        ("roundtables", "uid"): made.uid,
        ("roundtables/agenda", "item"): item.uid,
        ("roundtables/materials", "material"): material.uid,
        ("roundtables/tasks", "task"): task.uid,
    }


def _values(term: GuruTerm, topic: Any) -> Values:
    return {("gurus", "uid"): term.uid, ("topics", "uid"): topic.uid}
