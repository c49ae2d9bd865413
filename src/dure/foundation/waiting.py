"""What waits for a person: concepts of several floors declare their kinds, and one query asks for all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import CharField, DateTimeField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from dure.foundation import i18n, notices, prepared
from dure.foundation.notices import Todo

MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """Things of one kind that wait for somebody.

    `rows` gives them for a person, under the limits of `prepared.rows`; `ref`, `title_ko`, `title_en` and `due` name an expression
    each (`due` may be None). `title` and `why` are sentences, the first with a place for the name; `url` has one for `ref`.
    """

    kind: str
    rows: Callable[[Any], "QuerySet[Any, Any]"]
    title: str | Promise
    why: str | Promise
    url: str
    ref: Any
    title_ko: Any
    title_en: Any
    due: Any = None

    def asked(self, person: Any) -> "QuerySet[Any, Any]":
        """The rows in the shape that all kinds share."""
        due = Cast(Value(None), DateTimeField()) if self.due is None else self.due
        shaped = self.rows(person).order_by()
        found: QuerySet[Any, Any] = shaped.values_list(
            Value(self.kind), Cast(self.ref, CharField()), self.title_ko, self.title_en
        ).annotate(at=due)
        return found

    def todo(self, ref: str, name: str, due: datetime | None) -> Todo:
        return Todo(str(self.title) % {"name": name}, self.url % {"ref": ref}, str(self.why), due)


_kinds: dict[str, Waiting] = {}


def declare(waiting: Waiting) -> None:
    """Called by each concept when the app is ready."""
    _kinds[waiting.kind] = waiting


def todos(person: Any) -> Iterator[Todo]:
    """All of them, one query."""
    if not person.is_authenticated or not _kinds:
        return
    for kind, ref, ko, en, due in prepared.rows("waiting", _all, person):
        yield _kinds[kind].todo(ref, i18n.either(ko, en), due)


def _all(person: Any) -> "QuerySet[Any, Any]":
    first, *others = (kind.asked(person) for kind in _kinds.values())
    return first.union(*others, all=True)[:MOST]


notices.register_todos(todos)
