"""The two lines of headings above the gradebook."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from dure.learn.queries.gradebook import Column


@dataclass(frozen=True, slots=True)
class Head:
    """A column that every course has. `sort` is what a press asks for, `order` how the list is sorted by it now."""

    label: str
    sort: str = ""
    order: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A unit above its columns."""

    title: str
    span: int


def heads(sort: str) -> list[Head]:
    """The fixed columns; pressing the one that sorts turns the order round."""
    return [
        _sortable(_("Name"), "name", sort),
        _sortable(_("Done"), "done", sort, is_number=True),
        _sortable(_("Last activity"), "last", sort),
        Head(_("State")),
        Head(_("Version"), is_number=True),
        Head(_("Questions, points"), is_number=True),
        Head(_("Labs, points"), is_number=True),
    ]


def _sortable(label: str, key: str, sort: str, *, is_number: bool = False) -> Head:
    order = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    return Head(label, f"-{key}" if sort == key else key, order, is_number)


def groups(columns: Sequence[Column]) -> list[Group]:
    """Units over as many columns as each has beside each other."""
    return [Group(title, len(list(same))) for (_unit, title), same in groupby(columns, _unit_of)]


def _unit_of(column: Column) -> tuple[str, str]:
    return column.place[0], column.title
