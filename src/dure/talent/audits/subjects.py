"""What can be audited: each kind says where its people come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Considered:
    """Somebody who asked for a seat. `position` counts from 1 where they stood in a list, the best first.

    `predicted` is what their evidence said when they asked, None where it is not known; `was_given` is whether they were given the
    very seat that this was about.
    """

    person: int | None
    selected: bool
    position: int | None = None
    predicted: float | None = None
    was_given: bool | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """An opening or a round. `is_over`: what it decided stands, so it can be audited."""

    kind: str
    uid: UUID
    title_ko: str
    title_en: str
    organisation: people.Organisation
    is_over: bool
    considered: Callable[[], Sequence[Considered]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind is reached.

    `find` locks what it finds, so that two reports of it are never made at once. `visible`: whether a person sees it. `decided` are
    rows that can be audited and in which somebody took part, by uid and titles. A move into one of `audited` starts an audit.
    """

    name: str
    find: Callable[[UUID], Subject | None]
    visible: Callable[[Any, UUID], bool]
    decided: Callable[[], "QuerySet[Any]"]
    audited: frozenset[str]
    url_name: str


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called once for each kind when the app is ready."""
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def find(kind: str, uid: UUID) -> Subject | None:
    """What is to be audited; None where there is nothing of this kind and uid."""
    known = _kinds.get(kind)
    return known.find(uid) if known else None
