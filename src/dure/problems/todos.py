"""What waits for a person in needs, workrooms and challenges: one query over all of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from dure.foundation import prepared
from dure.foundation.notices import Todo
from dure.problems import todos_hosting, todos_needs, todos_workrooms
from dure.problems.todo_rows import Row


def todos(person: Any) -> Iterable[Todo]:
    """Needs, then parts of workrooms with the soonest due first, then challenges and wins."""
    if not person.is_authenticated:
        return []
    found = [Row(*row) for row in prepared.rows("problems.todos", _all, person)]
    return [*todos_needs.todos_of(found), *todos_workrooms.todos_of(found), *todos_hosting.todos_of(found)]


def _all(person: Any) -> "QuerySet[Any, Any]":
    others = (*todos_workrooms.rows(person), *todos_hosting.rows(person))
    return todos_needs.rows(person).union(*others, all=True)
