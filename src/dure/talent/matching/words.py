"""What the pages say of a suggestion, in sentences."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from dure.engines import recommending as engine
from dure.people import api as people
from dure.talent.matching.suggesting import Change

LEFT_OUT: Final[Mapping[str, Any]] = {
    "kind": ngettext_lazy(
        "%(n)s opening more is not shown because it is of a kind that you do not look for.",
        "%(n)s openings more are not shown because they are of kinds that you do not look for.",
        "n",
    ),
    "region": ngettext_lazy(
        "%(n)s opening more is not shown because of where it is.",
        "%(n)s openings more are not shown because of where they are.",
        "n",
    ),
    "language": ngettext_lazy(
        "%(n)s opening more is not shown because it asks for a language, or for more of it than you say you speak.",
        "%(n)s openings more are not shown because they ask for a language, or for more of it than you say you speak.",
        "n",
    ),
    "dates": ngettext_lazy(
        "%(n)s opening more is not shown because of the time in which you are available.",
        "%(n)s openings more are not shown because of the time in which you are available.",
        "n",
    ),
    "hours": ngettext_lazy(
        "%(n)s opening more is not shown because it takes more hours a week than you have.",
        "%(n)s openings more are not shown because they take more hours a week than you have.",
        "n",
    ),
}
ONE_MORE: Final[Mapping[str, str | Promise]] = {
    "lab": gettext_lazy("One more graded lab on %(skill)s (%(level)s) would put it above “%(above)s”."),
    "credential": gettext_lazy(
        "One more credential on %(skill)s (%(level)s) would put it above “%(above)s”."
    ),
    "endorsement": gettext_lazy(
        "One more person who stands by your %(skill)s (%(level)s) would put it above “%(above)s”."
    ),
}


def left_out(counts: Mapping[str, int]) -> Iterator[str]:
    """A sentence for each constraint that keeps something away."""
    for name, sentence in LEFT_OUT.items():
        if name in counts:
            yield sentence % {"n": counts[name]}


def change(found: Change | None) -> str:
    """The smallest change that would alter the order, or an empty text where no single fact does."""
    if found is None:
        return ""
    level = people.LEVEL_NAMES[found.level]
    said = {"skill": found.skill.name, "level": level, "above": found.above.title}
    return str(ONE_MORE[found.kind]) % said


def outcome(found: engine.Bin | None) -> str:
    """What people did with suggestions like this one, with their number; empty where too few are known."""
    if found is None or found.observed is None:
        return ""
    applied = round(found.observed * found.count)
    return ngettext(
        "Of %(n)s suggestion like this one, %(applied)s led to an application.",
        "Of %(n)s suggestions like this one, %(applied)s led to an application.",
        found.count,
    ) % {"n": found.count, "applied": applied}


def level(shown: int) -> str:
    """A level in words; empty for none."""
    return str(people.LEVEL_NAMES[shown]) if shown else ""
