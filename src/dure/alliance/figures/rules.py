"""Who may do what with the figures of a year: pure decisions."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role

READERS: Final = (Role.SECRETARIAT, Role.AUDITOR, Role.FUNDER)
NOT_READER: Final = Refused(
    "not_figures_reader",
    _(
        "The figures of a year as they stand now are read by the secretariat, auditors and the funder. "
        "Published ones are there for everybody: see the published figures."
    ),
)
NOT_DESK: Final = Refused("not_secretariat", _("Only the secretariat can do this."))


def may_read(person: Any) -> Decision:
    """Figures as they stand now, and the rows behind them."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, *READERS) else NOT_READER


def may_publish(person: Any) -> Decision:
    """Publishing, and noting how large organisations are and where they sit."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_DESK


def names_organisations(person: Any, figure: Any) -> bool:
    """Whether the rows of a figure name organisations for this person: where people are counted, for overseers alone."""
    return not figure.counts_people or has_role(person, Role.SECRETARIAT, Role.AUDITOR)
