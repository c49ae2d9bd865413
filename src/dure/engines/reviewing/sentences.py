"""Reasons of conflicts and the printed rule of funding, in English for translation."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from dure.engines.faults import gettext_noop
from dure.engines.reviewing.funding import FundingRule
from dure.engines.voting import Said

REASONS: Final[Mapping[str, str]] = {
    "conflict_own": gettext_noop("Takes part in the proposal."),
    "conflict_advisor": gettext_noop("Advised %(person)s, or was advised by them."),
    "conflict_declared_person": gettext_noop("A tie to this person was declared: %(person)s."),
    "conflict_declared_organisation": gettext_noop("A tie to this organisation was declared: %(over)s."),
    "conflict_declared_proposal": gettext_noop("A tie to this proposal was declared."),
    "conflict_project": gettext_noop("Worked on the same project as %(person)s: %(over)s."),
    "conflict_organisation": gettext_noop("Belongs to an organisation of the proposal: %(over)s."),
    "conflict_former_organisation": gettext_noop(
        "%(person)s was recently at an organisation of the other side: %(over)s."
    ),
}

FUNDING: Final[Mapping[str, str]] = {
    "funding_order": gettext_noop(
        "Proposals are accepted in the order of their mean scores, as far as %(ceiling)s won go."
    ),
    "funding_least": gettext_noop("A proposal with a mean below %(least)s is declined."),
    "funding_stop": gettext_noop(
        "Where one does not fit any more, it and all below it go on the waiting list."
    ),
    "funding_skip": gettext_noop(
        "One that does not fit any more goes on the waiting list; smaller ones below it can still be accepted."
    ),
    "funding_ties_chair": gettext_noop("Where equal means do not all fit, the chair puts them in order."),
    "funding_ties_lottery": gettext_noop(
        "Where equal means do not all fit, a lottery that anybody can draw again puts them in order."
    ),
    "funding_ties_open": gettext_noop("Where equal means do not all fit, they stay undecided."),
}


def funding_said(rule: FundingRule) -> tuple[Said, ...]:
    """The whole rule, in the order in which it is printed."""
    least = (Said("funding_least", (("least", _decimal(rule.least)),)),) if rule.least is not None else ()
    return (
        Said("funding_order", (("ceiling", f"{rule.ceiling:,}"),)),
        *least,
        Said(f"funding_{rule.when_full}"),
        Said(f"funding_ties_{rule.ties}"),
    )


def _decimal(score: Fraction) -> str:
    return f"{float(score):g}"
