"""What an opening still lacks before people can apply: all of it at once for its page, the first of it for the workflow."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.engines import hiring
from dure.foundation import clock
from dure.foundation.access import Decision, Refused, first_refusal
from dure.talent.openings import beginning

TEXTS: Final = ("title_ko", "title_en", "text_ko", "text_en", "accessibility_ko", "accessibility_en")
ALLOWED_HERE: Final = frozenset({"phone", "mail"})
"""An organisation may print how to reach it; of a person the same would be a warning."""

NOT_VERIFIED: Final = Refused(
    "organisation_not_verified",
    _("The secretariat has not verified the organisation yet. Ask it to look at your papers."),
)
NO_TITLE: Final = Refused("opening_no_title", _("Give it a title in Korean or English."))
NO_TEXT: Final = Refused("opening_no_text", _("Say in Korean or English what the work is."))
UNFILLED: Final = Refused(
    "opening_unfilled", _("Fill in what stands in square brackets in the title and the text.")
)
NO_PLACE: Final = Refused("opening_no_place", _("Name a region, or say that the work is fully remote."))
NO_STEPS: Final = Refused("opening_no_steps", _("Name at least one step of the selection."))
TOO_LATE: Final = Refused("opening_too_late", _("The deadline has passed. Set one that lies ahead."))
FORBIDDEN: Final = Refused(
    "opening_forbidden_words",
    _("The text asks for what hiring law forbids to ask. The places are marked: change them first."),
)


def may_open(opening: Any, _data: Mapping[str, Any]) -> Decision:
    """The guard of opening it, for the first time or again."""
    return first_refusal(*lacks(opening))


def lacks(opening: Any) -> list[Refused]:
    """Everything that keeps it from opening now, in the order in which one would mend it."""
    checks = {
        NOT_VERIFIED: not is_verified(opening.organisation),
        NO_TITLE: not (opening.title_ko or opening.title_en).strip(),
        NO_TEXT: not (opening.text_ko or opening.text_en).strip(),
        UNFILLED: any(beginning.is_unfilled(text) for _field, text in said(opening)),
        NO_PLACE: not opening.regions and opening.remote != "fully",
        NO_STEPS: not opening.steps,
        TOO_LATE: opening.deadline <= clock.now(),
        FORBIDDEN: any(forbidden(text) for _field, text in said(opening)),
    }
    return [refused for refused, holds in checks.items() if holds]


def is_verified(organisation: Any) -> bool:
    """Whether the secretariat has looked at its papers."""
    return hasattr(organisation, "verified_for_openings")


def said(opening: Any) -> list[tuple[str, str]]:
    """Everything that an opening says in free words, each with the name of its field."""
    steps = [(f"steps_{code}", step.get(code, "")) for step in opening.steps for code in ("ko", "en")]
    return [(name, getattr(opening, name)) for name in TEXTS] + steps


def forbidden(text: str) -> bool:
    """Whether a text asks for what keeps an opening closed."""
    return any(keeps_closed(one) for one in hiring.checked_text(text, side="opening"))


def keeps_closed(found: hiring.HiringWarning) -> bool:
    """Whether a place keeps the opening closed: where the words may mean something else, who opens it knows better."""
    return found.kind not in ALLOWED_HERE and not found.is_doubtful
