"""What the pages say of teams, in words."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.people import api as people

SURE: Final = Fraction(4, 5)
LIKELY: Final = Fraction(1, 2)
TENTHS: Final = 10


PLACES: Final[Mapping[str, str | Promise]] = {
    "inside": gettext_lazy("In the team"),
    "invited": gettext_lazy("Invited, has not answered yet"),
    "elsewhere": gettext_lazy("In another team"),
    "": gettext_lazy("Not yet"),
}
"""Where a member of a team stands in the challenge."""


def chance(found: Fraction) -> str:
    """How sure it is that somebody of a team has one skill."""
    if found >= SURE:
        return _("very likely covered")
    return _("likely covered") if found >= LIKELY else _("not covered")


def cover(found: Fraction) -> str:
    """How sure it is that the team has all of it, in tenths."""
    tenths = round(found * TENTHS)
    return _("%(tenths)s in 10") % {"tenths": tenths} if tenths else _("fewer than 1 in 10")


def kind(homes: Sequence[people.Organisation]) -> str:
    """The kind of organisation that somebody comes from; of several the first."""
    first: Any = next(iter(homes), None)
    return str(first.get_kind_display()) if first else _("Without an organisation")
