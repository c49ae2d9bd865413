"""The sentences of engines' faults in the terminal's language, from the compiled catalogue and without Django."""

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import dure
from dure.cli.words import either, korean
from dure.engines.faults import Fault


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """English is what the sentences are written in."""
    folder = Path(dure.__file__).parent / "locale"
    return gettext.translation("django", folder, [language], fallback=True)


def said(fault: Fault, sentences: Mapping[str, str]) -> str:
    """The fault in words, with where it is."""
    template = sentences.get(fault.code)
    words = (
        _catalogue("ko" if korean() else "en").gettext(template) % dict(fault.params)
        if template
        else fault.code
    )
    return ": ".join(part for part in (fault.place, _row(fault), words) if part)


def _row(fault: Fault) -> str:
    return either(f"line {fault.row}", f"{fault.row}번째 줄") if fault.row is not None else ""
