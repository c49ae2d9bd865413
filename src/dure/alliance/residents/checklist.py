"""The access checklist: what somebody needs before they come in, and what is taken back when they leave. Data only."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `first` is needed before one comes in, `back` is taken back at the end."""

    key: str
    label: str | Promise
    first: bool = False
    back: bool = False


LINES: Final = (
    Line("pledge", _("Confidentiality pledge signed"), first=True),
    Line("safety", _("Safety training done"), first=True),
    Line("card", _("Door card"), back=True),
    Line("network", _("Network account of the lab"), back=True),
    Line("locker", _("Key of a locker"), back=True),
)
BY_KEY: Final = {line.key: line for line in LINES}


def lacking(given: dict[str, Any]) -> list[Line]:
    """What is missing before somebody comes in."""
    return [line for line in LINES if line.first and line.key not in given]


def still_out(given: dict[str, Any]) -> list[Line]:
    """What was given and not taken back."""
    return [line for line in LINES if line.back and line.key in given and given[line.key].closed_at is None]
