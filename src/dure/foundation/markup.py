"""Putting HTML together in Python, where a template would take many times as long."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def escaped(value: Any) -> str:
    """What may stand in HTML, between quotes too: text escaped, and markup that is known to be safe as it is."""
    return escape(value) if type(value) is str else str(conditional_escape(value))


def together(parts: Iterable[str]) -> SafeString:
    """Pieces of HTML in one. Every word in them that is not our own has passed `escaped`."""
    return mark_safe("".join(parts))  # noqa: S308 - the promise of the line above
