"""Faults said in the reader's language: each app registers the sentences of its engines' fault codes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dure.engines.faults import Fault, Faulty

_sentences: dict[str, str | Promise] = {}


def register_sentences(table: Mapping[str, str | Promise]) -> None:
    """Add code → sentence with named %(x)s places (English msgid, marked for translation where it is written)."""
    _sentences.update(table)


def sentence(fault: Fault) -> str:
    """The fault in words, without its place. An unknown code is shown as it is: it is still better than nothing."""
    template = _sentences.get(fault.code)
    return str(template) % dict(fault.params) if template else fault.code


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


__all__ = ["Fault", "Faulty", "as_json", "register_sentences", "say", "sentence"]
