"""The columns of a list: fields of its form, known by name or by label, in Korean or English."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils import translation

from dure.alliance.imports.table import Entry
from dure.engines.faults import Fault, Faulty
from dure.people import api as people

BETWEEN: Final = re.compile(r"[,;]")
YES: Final = frozenset({"yes", "y", "true", "1", "x", "o", "예"})
MIDNIGHT: Final = re.compile(r"[T ]00:00(:00)?$")
"""A workbook's day is the first moment of it."""
MOST_CHOICES: Final = 30
NAMES: Final = ("name_ko", "name_en", "title_ko", "title_en")


def fields_of(entry: Entry, by: people.Person) -> Mapping[str, forms.Field]:
    """The columns of a list, by name, as this person may fill them in."""
    return entry.form(by, None).fields


class Columns:
    """What stands in a file's cells, as the form of a line takes it. Rows that can be chosen are read once for a file."""

    def __init__(self, entry: Entry, by: people.Person) -> None:
        self.entry, self.by = entry, by
        self.fields = fields_of(entry, by)
        self.words = {name: _words(one) for name, one in self.fields.items()}

    def named(self, headings: Iterable[str]) -> dict[str, str]:
        """The field of each heading that is known. Raises Faulty for needed columns that are missing."""
        known = dict(_labels(self.entry, self.by)) | {name: name for name in self.fields}
        found = {one: known[one.casefold()] for one in headings if one.casefold() in known}
        missing = [name for name, one in self.fields.items() if one.required and name not in found.values()]
        if missing:
            raise Faulty([Fault("list_column_missing", {"value": name}, place="file") for name in missing])
        return found

    def form(self, said: Mapping[str, str]) -> Any:
        """The form of one line."""
        values = {name: self._value(name, said.get(name, "")) for name in self.fields}
        form: Any = self.entry.form(self.by, values)
        for one in form.fields.values():
            if _is_row(one):
                one.to_field_name = key_of(one)
        return form

    def _value(self, name: str, cell: str) -> Any:
        one, words = self.fields[name], self.words[name]
        if isinstance(one, forms.MultipleChoiceField):
            parts = [part.strip() for part in BETWEEN.split(cell) if part.strip()]
            return [words.get(part.casefold(), part) for part in parts]
        if isinstance(one, forms.BooleanField):
            return "on" if cell.casefold() in YES else ""
        if isinstance(one, forms.DateField):
            return MIDNIGHT.sub("", cell)
        return words.get(cell.casefold(), cell)


def _labels(entry: Entry, by: people.Person) -> Iterator[tuple[str, str]]:
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            yield from ((str(one.label).casefold(), name) for name, one in fields_of(entry, by).items())


def _words(one: Any) -> dict[str, str]:
    """What may stand in a cell for each thing that can be chosen: its key, or a name that is no other's too."""
    said = list(_said(one))
    meant: dict[str, set[str]] = {}
    for word, key in said:
        meant.setdefault(word.casefold(), set()).add(key)
    names = {word: next(iter(keys)) for word, keys in meant.items() if len(keys) == 1}
    return names | {key.casefold(): key for _word, key in said}


def _said(one: Any) -> Iterator[tuple[str, str]]:
    """Each name of a thing that can be chosen, and its key."""
    if _is_row(one):
        for row in one.queryset:
            key = str(getattr(row, key_of(one)))
            yield from ((str(getattr(row, name, "") or key), key) for name in NAMES)
    elif hasattr(one, "choices"):
        for code, _language in settings.LANGUAGES:
            with translation.override(code):
                yield from ((str(label), str(key)) for key, label in _flat(one.choices))


def _is_row(one: Any) -> bool:
    """Whether a row of the database is chosen."""
    return isinstance(one, forms.ModelChoiceField)


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Without the groups in which they are shown, and without the empty one."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        elif key not in ("", None):
            yield key, label


def key_of(one: Any) -> str:
    """By which of its columns a row is named in a cell."""
    names = {column.name for column in one.queryset.model._meta.concrete_fields}  # noqa: SLF001 - Django's documented name
    return "slug" if "slug" in names else "uid"


def choices_of(one: Any) -> str:
    """What may stand in a cell: the keys that can be chosen with what they are called, as far as they are few."""
    if _is_row(one):
        rows = one.queryset.order_by("pk")[: MOST_CHOICES + 1]
        return _first(sorted(_called(getattr(row, key_of(one)), row) for row in rows))
    return _first([_called(key, label) for key, label in _flat(getattr(one, "choices", ()))])


def _called(key: Any, label: Any) -> str:
    return str(key) if str(key) == str(label) else f"{key} ({label})"


def _first(said: list[str]) -> str:
    return ", ".join(said[:MOST_CHOICES]) + (" …" if len(said) > MOST_CHOICES else "")
