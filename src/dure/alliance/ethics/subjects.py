"""What can be assessed: kinds of things of the floors below, each found, described and gated in one way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dure.foundation.access import Decision, Hidden


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing as an assessment knows it. `facts` are those on which an approval rests: when one changes it holds no more.

    `needs`: these facts alone demand an assessment before it goes public.
    """

    kind: str
    uid: UUID
    title_ko: str
    title_en: str
    url: str
    organisation_id: int | None
    needs: bool
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """`find(person, uid)` raises Hidden where the person may not see it; `load(uid)` asks nobody, for clocks and gates.

    `may_answer(person, uid)` says who writes the assessment.
    """

    name: str
    find: Callable[[Any, UUID], Subject]
    load: Callable[[UUID], Subject | None]
    may_answer: Callable[[Any, UUID], Decision]


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    """Called by each concept when the app is ready."""
    _kinds[kind.name] = kind


def find(person: Any, kind: str, uid: UUID) -> Subject:
    """The subject of an address. Raises Hidden."""
    return kind_named(kind).find(person, uid)


def kind_named(name: str) -> Kind:
    """Raises Hidden where there is no such kind."""
    if name not in _kinds:
        raise Hidden(name)
    return _kinds[name]


def load(kind: str, uid: UUID) -> Subject | None:
    """The subject, whoever asks; None where it is gone."""
    return _kinds[kind].load(uid) if kind in _kinds else None
