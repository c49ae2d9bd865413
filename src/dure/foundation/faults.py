"""Faults said in the reader's language: each app registers the sentences of its engines' fault codes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dure.engines.faults import Fault, Faulty

COUNTS = frozenset({"limit", "found", "expected", "count"})
_sentences: dict[str, str | Promise] = {}
_in_bytes: set[str] = set()


def register_sentences(table: Mapping[str, str | Promise], *, in_bytes: Iterable[str] = ()) -> None:
    """Add code → sentence with named %(x)s places (English msgid, marked for translation where it is written).

    `in_bytes` names the codes whose counts are bytes: they are said as kilobytes, megabytes, gigabytes.
    """
    _sentences.update(table)
    _in_bytes.update(in_bytes)


def sentence(fault: Fault) -> str:
    """The fault in words, without its place. An unknown code is shown as it is: it is still better than nothing."""
    template = _sentences.get(fault.code)
    return str(template) % _readable(fault) if template else fault.code


def _readable(fault: Fault) -> dict[str, Any]:
    """Counts as people read them: with separators, or as a size."""
    say_count = _size if fault.code in _in_bytes else "{:,}".format
    return {
        name: say_count(value) if name in COUNTS and isinstance(value, int) else value
        for name, value in fault.params.items()
    }


def _size(count: int) -> str:
    return filesizeformat(count).replace("\xa0", " ")


def say(fault: Fault) -> str:
    """The fault in words, with where it is."""
    where = _place(fault)
    return f"{where}: {sentence(fault)}" if where else sentence(fault)


def _place(fault: Fault) -> str:
    parts = []
    if fault.place:
        parts.append(fault.place)
    if fault.row is not None:
        parts.append(_("line %(row)s") % {"row": fault.row})
    if fault.column:
        parts.append(_("column “%(column)s”") % {"column": fault.column})
    return ", ".join(parts)


def as_json(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults for REST: code, sentence and place."""
    return [
        {
            "code": f.code,
            "message": sentence(f),
            "row": f.row,
            "column": f.column,
            "place": f.place,
            "params": dict(f.params),
        }
        for f in faults
    ]


def of_json(kept: Mapping[str, Any]) -> Fault:
    """A fault that was kept as `as_json` gave it, or with less; it is said anew, in the language of whoever reads it now."""
    return Fault(
        kept["code"], kept.get("params") or {}, kept.get("row"), kept.get("column"), kept.get("place")
    )


__all__ = ["Fault", "Faulty", "as_json", "of_json", "register_sentences", "say", "sentence"]
