"""What is wrong with a rule, an electorate or a ballot, all at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from dure.engines.faults import Fault
from dure.engines.voting.values import BASES, METHODS, MOTION, TIES, UNITS, WITHIN, Choice, Elector, Rule

MOST_OPTIONS: Final = 50
LONGEST_OPTION: Final = 200
MOST_ELECTORS: Final = 2_000
"""Casting seals every entry anew: half a second at this number."""


def rule_faults(rule: Rule) -> list[Fault]:
    """Every fault of the rule. One without any can be printed and voted by."""
    return [*_names(rule), *_shares(rule), *_options(rule), *_numbers(rule)]


def _names(rule: Rule) -> Iterator[Fault]:
    """Values that the types do not allow, as a stored or sent rule may have them."""
    allowed: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("method", rule.method, METHODS),
        ("unit", rule.unit, UNITS),
        ("within", rule.within, WITHIN),
        ("base", rule.base, BASES),
        ("ties", rule.ties, TIES),
    )
    for place, value, expected in allowed:
        if value not in expected:
            yield Fault("vote_word_unknown", {"value": value, "words": ", ".join(expected)}, place=place)
    if rule.ties == "fails" and rule.method != "motion":
        yield Fault("vote_only_motions_fail", place="ties")


def _shares(rule: Rule) -> Iterator[Fault]:
    for place, share in (("quorum", rule.quorum), ("majority", rule.majority)):
        if not 0 <= share.of <= 1 or (share.more and share.of == 1):
            yield Fault("vote_share_range", place=place)


def _options(rule: Rule) -> Iterator[Fault]:
    if rule.method == "motion":
        if rule.options != MOTION:
            yield Fault("vote_motion_options", place="options")
        return
    if not 2 <= len(rule.options) <= MOST_OPTIONS:
        yield Fault("vote_options_count", {"least": 2, "most": MOST_OPTIONS}, place="options")
    for option, count in Counter(rule.options).items():
        if not 0 < len(option) <= LONGEST_OPTION or not option.isprintable():
            yield Fault("vote_option_malformed", {"most": LONGEST_OPTION}, place=f"options: {option[:40]!r}")
        if count > 1:
            yield Fault("vote_option_twice", {"option": option}, place="options")


def _numbers(rule: Rule) -> Iterator[Fault]:
    most = max(1, len(rule.options) - 1)
    if not 1 <= rule.winners <= most:
        yield Fault("vote_winners_range", {"most": most}, place="winners")
    if rule.most_approvals is None:
        return
    if rule.method != "approval":
        yield Fault("vote_only_approvals_limited", place="most_approvals")
    elif not 1 <= rule.most_approvals <= len(rule.options):
        yield Fault("vote_approvals_range", {"most": len(rule.options)}, place="most_approvals")


def electorate_faults(rule: Rule, electors: Sequence[Elector]) -> list[Fault]:
    """Every fault of the list of those who may vote by the rule."""
    found = [
        Fault("vote_elector_twice", {"token": token[:8]})
        for token, count in Counter(elector.token for elector in electors).items()
        if count > 1
    ]
    if not 1 <= len(electors) <= MOST_ELECTORS:
        found.append(Fault("vote_electors_count", {"most": MOST_ELECTORS}))
    return found + (_organisation_faults(rule, electors) if rule.unit == "organisation" else [])


def _organisation_faults(rule: Rule, electors: Sequence[Elector]) -> list[Fault]:
    voters = Counter(elector.organisation for elector in electors)
    found = [Fault("vote_organisation_missing", {"count": voters[""]})] if voters[""] else []
    if rule.within == "named_voter":
        found += [
            Fault("vote_named_voters", {"voters": count}, place=name)
            for name, count in sorted(voters.items())
            if name and count > 1
        ]
    return found


def choice_faults(rule: Rule, choice: Choice) -> list[Fault]:
    """Every fault of what a ballot says."""
    named = Counter(option for tier in choice for option in tier)
    found = [
        Fault("vote_option_unknown", {"option": option[:40]})
        for option in named
        if option not in rule.options
    ]
    found += [
        Fault("vote_option_twice", {"option": option[:40]}) for option, count in named.items() if count > 1
    ]
    if any(not tier for tier in choice):
        found.append(Fault("vote_tier_empty"))
    return found + list(_of_method(rule, choice))


def _of_method(rule: Rule, choice: Choice) -> Iterator[Fault]:
    if rule.method == "ranking":
        return
    if len(choice) > 1:
        yield Fault("vote_not_ranked")
    marked = sum(map(len, choice))
    if rule.method == "motion" and marked > 1:
        yield Fault("vote_one_answer")
    if rule.most_approvals is not None and marked > rule.most_approvals:
        yield Fault("vote_approvals_too_many", {"most": rule.most_approvals, "marked": marked})
