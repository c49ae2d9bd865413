"""How reviews are spoken of: what comes next, why somebody should not judge."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from dure.engines.reviewing import REASONS

NEXT: Final[Mapping[str, str | Promise]] = {
    "invited": _("Say that you have no conflict of interest and review it, decline, or declare a conflict."),
    "accepted": _("Give every item of the rubric a mark, then submit the review."),
    "submitted": _("It is submitted. Thank you."),
    "declined": _("It was declined."),
    "recused": _("A conflict of interest was declared. The proposal is hidden from the reviewer."),
    "lapsed": _("It lapsed, or was not needed any more."),
}
WHO_SEES: Final = _(
    "You, the secretariat and auditors. Applicants read the words that are meant for them once decisions are announced, "
    "without your name."
)


def reason_of(conflict: Any) -> str:
    """Why, in the reader's language."""
    return say(REASONS[conflict.code]) % {"person": conflict.person, "over": conflict.over}
