"""What a report says, in sentences."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dure.engines.fairness import Calibration, Exposure, Table, Verdict
from dure.talent.audits import attributes
from dure.talent.audits.record import Predictions

VERDICTS: Final[Mapping[str, str | Promise]] = {
    Verdict.EVIDENCE: _("Evidence of disparity"),
    Verdict.NONE_FOUND: _("None found"),
    Verdict.TOO_FEW: _("Too few to tell"),
}
MEANINGS: Final[Mapping[str, str | Promise]] = {
    Verdict.EVIDENCE: _(
        "Groups were selected at different rates, and chance alone would hardly do that. It is no proof of unfairness: look for "
        "the reason where the table says so."
    ),
    Verdict.NONE_FOUND: _(
        "No difference was found that chance would not explain, and a group selected half as often as the others would have been "
        "found. Smaller differences are possible: the intervals say how large."
    ),
    Verdict.TOO_FEW: _(
        "Nothing was found, but with so few people a group could be selected half as often as the others without it being found. "
        "This is not a finding that all is well."
    ),
}
METHOD: Final = (
    _(
        "Rates have exact 95 % intervals (Clopper and Pearson). The impact ratio is a rate over the highest published rate."
    ),
    _(
        "Each group is compared with all others by an exact test. All comparisons of the report are counted together, so that at "
        "most one report in twenty says “evidence” anywhere where groups do not differ."
    ),
    _("Selected is who was offered a seat or placed. Who withdrew before that is not counted."),
    _("Where reviews gave scores, people stand in the list by the mean of them; ties are broken by lot."),
    _("Who did not answer is counted as unknown and compared with nobody."),
)


PREDICTED: Final = (
    _(
        "Of whoever agreed to it under “Consent” it is kept how probable their evidence made it, when they asked for a seat, that "
        "they have every level that is needed."
    ),
    _(
        "“Expected” is how many of all people with such a probability were selected, “observed” how many of the group. A "
        "difference that chance would hardly make is evidence: the group fared unlike others whose evidence says the same."
    ),
    _(
        "In a placement round it is about the opening that somebody ranked first, and whether they were given it."
    ),
)


def predictions(counted: Predictions) -> str:
    """How many people it is about."""
    said = gettext("With a prediction: %(known)s people. Without one: %(unknown)s.")
    return said % {"known": counted.known, "unknown": counted.unknown}


def verdict(one: Verdict) -> str:
    return str(VERDICTS[one])


def meaning(one: Verdict) -> str:
    return str(MEANINGS[one])


def title(one: Table | Exposure | Calibration) -> str:
    """The attributes of a table, in the reader's language."""
    names = one.attributes if isinstance(one, Table) else (one.attribute,)
    return " × ".join(attributes.attribute_name(name) for name in names)


def group(names: tuple[str, ...], groups: tuple[str, ...]) -> str:
    """A cell's answers."""
    pairs = zip(names, groups, strict=True)
    return " · ".join(attributes.value_name(name, value) for name, value in pairs)


def needed(people: int | None) -> str:
    """How many it would take; empty where no number is known."""
    if people is None:
        return ""
    said = ngettext(
        "About %(n)s person with a known answer would be needed, shares as they are.",
        "About %(n)s people with a known answer would be needed, shares as they are.",
        people,
    )
    return said % {"n": f"{people:,}"}


TAGS: Final[Mapping[str, str]] = {
    Verdict.EVIDENCE: "bad",
    Verdict.NONE_FOUND: "done",
    Verdict.TOO_FEW: "info",
}
"""How a verdict is coloured."""


def hidden() -> str:
    return gettext("not shown")


def all_hidden() -> str:
    return gettext(
        "No group of this table can be shown: each has too few people, or would give such a group away."
    )
