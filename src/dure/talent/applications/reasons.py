"""The reasons that a decision on an application can have: codes that audits count, beside the words that the applicant reads."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOR: Final[Mapping[str, str | Promise]] = {
    "requirements_met": _("Meets what the opening asks for"),
    "strongest_evidence": _("The strongest evidence of what is needed"),
    "interview": _("The interview showed it"),
    "next_on_list": _("Next on the waiting list"),
    "appeal_upheld": _("An appeal was upheld"),
}
AGAINST: Final[Mapping[str, str | Promise]] = {
    "must_skill_missing": _("A skill that it must have is not shown"),
    "level_too_low": _("A skill is shown at a lower level than needed"),
    "language": _("The language that is needed"),
    "dates": _("The dates or hours do not fit"),
    "region": _("The region does not fit"),
    "others_stronger": _("Others showed more of what is needed"),
    "interview_not": _("The interview did not show it"),
    "not_eligible": _("Outside of who it is for"),
    "no_seat_left": _("No seat is left"),
    "opening_withdrawn": _("The organisation withdrew the opening"),
    "other": _("Another reason, said below"),
}
REASONS: Final = [*FOR.items(), *AGAINST.items()]
BY_ITSELF: Final = frozenset({"next_on_list", "appeal_upheld", "opening_withdrawn"})
"""What nobody chooses by hand."""


def chosen_for(table: Mapping[str, str | Promise]) -> list[tuple[str, str | Promise]]:
    """The reasons of a table that a person can give."""
    return [(code, words) for code, words in table.items() if code not in BY_ITSELF]
