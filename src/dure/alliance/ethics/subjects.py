"""What can be assessed: kinds of things of the floors below, each found, described and gated in one way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dure.foundation.access import Decision, Hidden


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing as an assessment knows it. `facts` are those on which an approval rests: when one changes it holds no more.

    `needs`: these facts alone demand an assessment before it goes public or starts. `answerer_id`: whoever writes it when the
    secretariat asks for one; without anybody, representatives of the organisation.
    """

    kind: str
    uid: UUID
    title_ko: str
    title_en: str
    url: str
    organisation_id: int | None
    needs: bool
    answerer_id: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """`find(person, uid)` raises Hidden where the person may not see it; `load(uids)` asks nobody, for the clock: one query.

    `may_answer(person, uid)` says who writes the assessment. `shared(person)`: uids of those in which this person has an interest
    beside those of their organisations, as a subquery.
    """

    name: str
    find: Callable[[Any, UUID], Subject]
    load: Callable[[Iterable[UUID]], Iterable[Subject]]
    may_answer: Callable[[Any, UUID], Decision]
    shared: Callable[[Any], Any] | None = None


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


def shared_by(person: Any) -> list[tuple[str, Any]]:
    """Of each kind that knows of any: the uids in which this person has an interest, as a subquery."""
    return [(kind.name, kind.shared(person)) for kind in _kinds.values() if kind.shared is not None]


def load(kind: str, uid: UUID) -> Subject | None:
    """The subject, whoever asks; None where it is gone."""
    return load_all([(kind, uid)]).get((kind, uid))


def load_all(named: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Subject]:
    """Those of many that are there, whoever asks; one query for each kind."""
    by_kind: dict[str, list[UUID]] = {}
    for kind, uid in named:
        by_kind.setdefault(kind, []).append(uid)
    found = (one for kind, uids in by_kind.items() if kind in _kinds for one in _kinds[kind].load(uids))
    return {(one.kind, one.uid): one for one in found}
