"""A mapping from a bundle read key by key: each value in its type, everything odd noted at its place."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from dure.problems.codabench.dates import read_date
from dure.problems.codabench.notes import Notes

UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_TRUE: Final = ("true", "yes", "on", "1")
_FALSE: Final = ("false", "no", "off", "0", "")
MOST_ITEMS: Final = 1000
_LARGEST: Final = 2**31 - 1


class Section:
    """One mapping at a place such as `phases[2]`; `close` reports the keys nobody asked for."""

    def __init__(self, data: dict[Any, Any], place: str, notes: Notes, *, name: str = "") -> None:
        self.place = place
        self.name = name
        self.notes = notes
        self._data = {str(key): value for key, value in data.items()}
        self._unread = dict.fromkeys(self._data)

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def has(self, key: str) -> bool:
        return key in self._data

    def unread(self) -> list[str]:
        return list(self._unread)

    def rest(self) -> dict[str, Any]:
        """All keys not read yet with their values; they count as read."""
        rest = {key: self._data[key] for key in self._unread}
        self._unread.clear()
        return rest

    def raw(self, key: str) -> Any:
        self._unread.pop(key, None)
        return self._data.get(key)

    def text(self, key: str, *, default: str = "", required: bool = False, longest: int | None = None) -> str:
        value = self.raw(key)
        text = self._text_of(value, key) if value is not None else default
        if required and not text:
            self.notes.fault("required_missing", self.at(key))
        if longest is not None and len(text) > longest:
            self.notes.fault("text_too_long", self.at(key), limit=longest, length=len(text))
        return text

    def _text_of(self, value: Any, key: str) -> str:
        if isinstance(value, dict | list):
            self.notes.fault("type_wrong", self.at(key), expected="text", found=_kind(value))
            return ""
        text = str(value).strip()
        if not isinstance(value, str):
            self.notes.warn("type_converted", self.at(key), value=text[:60])
        if UNSTORABLE.search(text):
            self.notes.fault("text_unstorable", self.at(key))
            return UNSTORABLE.sub("", text)
        return text

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        word = str(value).strip().lower()
        if word not in (*_TRUE, *_FALSE):
            self.notes.fault("type_wrong", self.at(key), expected="true or false", found=_kind(value))
            return default
        self.notes.warn("type_converted", self.at(key), value=word)
        return word in _TRUE

    def number(self, key: str, *, default: int, lowest: int = 0) -> int:
        value = self.raw(key)
        if value is None:
            return default
        number = whole_number(value)
        if number is None:
            self.notes.fault("type_wrong", self.at(key), expected="whole number", found=_kind(value))
            return default
        if not lowest <= number <= _LARGEST:
            self.notes.fault("number_out_of_range", self.at(key), lowest=lowest, highest=_LARGEST)
            return default
        if isinstance(value, str):
            self.notes.warn("type_converted", self.at(key), value=value[:60])
        return number

    def choice(self, key: str, *, choices: Iterable[str], default: str) -> str:
        value = self.text(key, default=default) or default
        known = {choice.lower(): choice for choice in choices}
        if value.lower() not in known:
            self.notes.fault(
                "choice_unknown", self.at(key), value=value[:60], choices=", ".join(known.values())
            )
            return default
        return known[value.lower()]

    def date(self, key: str) -> datetime | None:
        return read_date(self.raw(key), place=self.at(key), notes=self.notes)

    def section(self, key: str) -> "Section | None":
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.notes.fault("type_wrong", self.at(key), expected="mapping", found=_kind(value))
            return None
        return Section(value, self.at(key), self.notes)

    def items(self, key: str) -> list[Any]:
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.notes.fault("type_wrong", self.at(key), expected="list", found=_kind(value))
            return []
        return self._few(value, key)

    def _few(self, values: list[Any], key: str) -> list[Any]:
        """The first of a list: rules compare its parts with each other, which a list without bound would make slow."""
        if len(values) > MOST_ITEMS:
            self.notes.fault("list_too_long", self.at(key), limit=MOST_ITEMS, length=len(values))
        return values[:MOST_ITEMS]

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._text_of(item, f"{key}[{at}]") for at, item in enumerate(self.items(key)))

    def sections(self, key: str) -> "list[Section]":
        """The mappings of a list, or of a mapping of mappings in its own order (versions before 2)."""
        value = self._data.get(key)
        if isinstance(value, dict):
            self.raw(key)
            named = [(str(name).strip(), item) for name, item in self._few(list(value.items()), key)]
            return self._of_triples((f"{self.at(key)}.{name[:80]}", name, item) for name, item in named)
        items = enumerate(self.items(key))
        return self._of_triples((f"{self.at(key)}[{at}]", str(at), item) for at, item in items)

    def _of_triples(self, triples: Iterable[tuple[str, str, Any]]) -> "list[Section]":
        found = []
        for place, name, item in triples:
            if isinstance(item, dict):
                found.append(Section(item, place, self.notes, name=UNSTORABLE.sub("", name)))
            else:
                self.notes.fault("type_wrong", place, expected="mapping", found=_kind(item))
        return found

    def ignore(self, *keys: str) -> None:
        """Keys that are known and mean nothing here: said once each, where they hold something."""
        for key in keys:
            if self.raw(key) not in (None, [], {}):
                self.notes.warn("key_ignored", self.at(key))

    def close(self) -> None:
        for key in self._unread:
            self.notes.warn("key_unknown", self.at(key[:80]))


def whole_number(value: Any) -> int | None:
    """A whole number written as a number or as text; None for anything else, truth values included."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d{1,12}\s*", value, re.ASCII):
        return int(value)
    return None


def _kind(value: Any) -> str:
    names = {dict: "mapping", list: "list", str: "text", bool: "true or false", type(None): "nothing"}
    return names.get(type(value), "date" if hasattr(value, "year") else "number")
