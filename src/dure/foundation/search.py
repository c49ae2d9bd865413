"""Search: one index, one recipe (engines.text), and each kind says who may find its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Cast

from dure.engines import text
from dure.foundation import clock
from dure.foundation.models import SearchEntry

VisibleUids = Callable[[Any], "QuerySet[Any, Any]"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be found: its label, and which uids a person may see (a queryset of `uid` values)."""

    key: str
    label: Any
    visible_uids: VisibleUids


KINDS: dict[str, Kind] = {}


def register_kind(key: str, *, label: Any, visible_uids: VisibleUids) -> None:
    KINDS[key] = Kind(key, label, visible_uids)


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found of one object: title and body are searched alike."""

    kind: str
    uid: UUID
    title_ko: str
    title_en: str
    url: str
    body: str


def put(*, kind: str, uid: UUID, title_ko: str, title_en: str, url: str, body: str) -> None:
    """Index one object anew; see `Entry`."""
    put_all([Entry(kind=kind, uid=uid, title_ko=title_ko, title_en=title_en, url=url, body=body)])


def put_all(entries: Iterable[Entry]) -> None:
    """Index objects anew, each of them once."""
    SearchEntry.objects.bulk_create(
        [_row(entry) for entry in entries],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "uid"],
        update_fields=["title_ko", "title_en", "url", "body", "tokens", "updated_at"],
    )


def _row(entry: Entry) -> SearchEntry:
    whole = text.normalise(f"{entry.title_ko}\n{entry.title_en}\n{entry.body}")
    return SearchEntry(
        kind=entry.kind,
        uid=entry.uid,
        title_ko=entry.title_ko.replace("\0", " ")[:300],
        title_en=entry.title_en.replace("\0", " ")[:300],
        url=entry.url,
        body=whole,
        tokens=Cast(Value(text.tsvector_literal(whole)), SearchVectorField()),
        updated_at=clock.now(),
    )


def remove(*, kind: str, uid: UUID) -> None:
    SearchEntry.objects.filter(kind=kind, uid=uid).delete()


def find(person: Any, words: str) -> QuerySet[SearchEntry]:
    """Everything this person may see that holds all the words, newest first."""
    return matching(words).filter(_visible(person)).order_by("-updated_at", "-id")


def matching(words: str, *, kind: str = "") -> QuerySet[SearchEntry]:
    """Every entry (of one kind) that holds all the words, whoever may see it: the caller asks that itself."""
    query = text.parse_query(words)
    if query.is_empty:
        return SearchEntry.objects.none()
    rows = SearchEntry.objects.filter(kind=kind) if kind else SearchEntry.objects.all()
    rows = rows.extra(where=["tokens @@ %s::tsquery"], params=[query.tsquery])
    for part in query.likes:
        rows = rows.extra(where=["body like %s"], params=[part])
    return rows


def _visible(person: Any) -> Q:
    allowed = Q(pk__in=[])
    for kind in KINDS.values():
        allowed |= Q(kind=kind.key, uid__in=kind.visible_uids(person))
    return allowed
