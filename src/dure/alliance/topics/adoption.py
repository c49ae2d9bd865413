"""What a topic can become. Each kind of thing registers itself: how one is made of a topic, and how a reader sees it from there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from dure.alliance.models import Topic, TopicAdoption


@dataclass(frozen=True, slots=True)
class Seen:
    """The thing as its topic's page shows it: `row` has a workflow, `progress` is a sentence or empty."""

    title: str
    url: str
    row: Any
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing. `make` takes who adopts, the topic and what was given, and may raise Faulty.

    `see` gives None to who may not see it.
    """

    name: str
    label: str | Promise
    make: Callable[[Any, Topic, Mapping[str, Any]], UUID]
    see: Callable[[Any, UUID], Seen | None]


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Called once when the app is ready."""
    KINDS[kind.name] = kind


def adopt(topic: Topic, *, by: Any, given: Mapping[str, Any]) -> TopicAdoption:
    """Make the thing and keep the link. Part of the topic's move, under its lock. Raises Faulty."""
    ref = KINDS[given["kind"]].make(by, topic, given)
    return TopicAdoption.objects.create(topic=topic, kind=given["kind"], ref=ref, adopted_by=by)


@dataclass(frozen=True, slots=True)
class Became:
    """What a topic's page says: the kind, when, and the thing for who may see it."""

    label: str
    adoption: TopicAdoption
    seen: Seen | None


def became(person: Any, topic: Topic) -> Became | None:
    """What it became; None while it is not adopted. One query, and those of the kind."""
    if topic.state != "adopted":
        return None
    row = TopicAdoption.objects.filter(topic=topic).first()
    if row is None or row.kind not in KINDS:
        return None
    kind = KINDS[row.kind]
    return Became(str(kind.label), row, kind.see(person, row.ref))


def topic_of(person: Any, kind: str, ref: UUID) -> Topic | None:
    """The topic that became this thing, for who may read it; one query."""
    return Topic.objects.visible_to(person).filter(adoption__kind=kind, adoption__ref=ref).first()
