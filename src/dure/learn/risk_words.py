"""Reasons of `learn.risk` in words, and what an instructor can do about each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.learn import risk

KINDS: Final = ("long_quiet", "quiet", "stuck", "behind")
HEADINGS: Final[Mapping[str, str | Promise]] = {
    "long_quiet": gettext_lazy("Quiet for two weeks"),
    "quiet": gettext_lazy("Quiet for a week"),
    "stuck": gettext_lazy("Stuck in a lab"),
    "behind": gettext_lazy("Far behind the others"),
}
ADVICE: Final[Mapping[str, str | Promise]] = {
    "long_quiet": gettext_lazy(
        "Call, and agree on the next step and a day for it. Leaving is an answer, too."
    ),
    "quiet": gettext_lazy("Write two lines and ask how it goes. That is often enough."),
    "stuck": gettext_lazy("Open the last attempts together: their results say which test fails, and why."),
    "behind": gettext_lazy("Look at the unit in which they stopped, and offer time or help with that one."),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How many learners a kind of reason concerns, and what to do."""

    kind: str
    heading: str
    count: int
    advice: str


def kind_of(reason: risk.Reason) -> str:
    """The code of a reason, as REST gives it."""
    if isinstance(reason, risk.Quiet):
        return "long_quiet" if reason.is_long else "quiet"
    return "stuck" if isinstance(reason, risk.Stuck) else "behind"


def said(reason: risk.Reason, titles: Mapping[str, str]) -> str:
    """The reason with its figures; `titles` are of units by their ids."""
    if isinstance(reason, risk.Quiet):
        days = reason.days
        return ngettext("Nothing for %(n)s day", "Nothing for %(n)s days", days) % {"n": days}
    if isinstance(reason, risk.Stuck):
        words = {"title": titles.get(reason.unit, reason.unit), "n": reason.tries}
        return _("Lab “%(title)s”: handed in %(n)s times without passing") % words
    words = {"done": f"{reason.done:.0f}", "median": f"{reason.median:.0f}"}
    return _("%(done)s %% done; the median of those who began in the same month is %(median)s %%") % words


def counted(found: Iterable[risk.AtRisk]) -> list[Kind]:
    """The kinds that occur, the most urgent first; a learner counts once for each."""
    counts = Counter(kind for one in found for kind in {kind_of(reason) for reason in one.reasons})
    return [
        Kind(kind, str(HEADINGS[kind]), counts[kind], str(ADVICE[kind])) for kind in KINDS if counts[kind]
    ]
