"""Words and sizes of labs on pages."""

from collections.abc import Mapping
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()
LIMITS: Final[Mapping[str, str | Promise]] = {
    "wall": _("It took longer than it may."),
    "cpu": _("It used more processor time than it may."),
    "memory": _("It needed more memory than it may have."),
    "processes": _("It started more processes or threads than allowed."),
    "file_size": _("It wrote a larger file than allowed."),
    "entries": _("It made more files than allowed."),
    "log": _("It flooded its log."),
    "stopped": _("It was stopped."),
}
STOPPED: Final[Mapping[str, str | Promise]] = {
    "time": _("Your code took too long to answer."),
    "ended": _("Your code had ended by then."),
    "long": _("Your code gave back far too much."),
    "malformed": _("What your code gave back cannot be read."),
    "forged": _("An answer came that nobody had asked for; from there on nothing counts."),
    "calls": _("The tests called your code more often than allowed."),
}
LEAST_ROWS, MOST_ROWS = 3, 30


@register.simple_tag
def limit_words(limit: str) -> str:
    """Which limit a run met."""
    return str(LIMITS.get(limit, limit))


@register.simple_tag
def stopped_words(why: str) -> str:
    """Why a learner's program answered no more."""
    return str(STOPPED.get(why, why))


@register.filter
def rows(text: str) -> int:
    """How high a field must be for a text."""
    return min(max(text.count("\n") + 2, LEAST_ROWS), MOST_ROWS)
