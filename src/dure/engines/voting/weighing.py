"""How much each ballot weighs: one person one vote, or one organisation one vote."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from dure.engines.voting.values import Elector, Rule


def weights(rule: Rule, electors: Sequence[Elector]) -> dict[str, Fraction]:
    """The weight of each token's ballot.

    It follows from the frozen list alone, never from who has voted: a weight that grew when a colleague stays away would
    show, beside a published ballot, who that was.
    """
    if rule.unit == "person":
        return {elector.token: Fraction(1) for elector in electors}
    sizes = Counter(elector.organisation for elector in electors)
    return {elector.token: Fraction(1, sizes[elector.organisation]) for elector in electors}


def all_votes(rule: Rule, electors: Sequence[Elector]) -> int:
    """How many votes there are: people, or organisations."""
    if rule.unit == "person":
        return len(electors)
    return len({elector.organisation for elector in electors})


def telling_weights(rule: Rule, electors: Sequence[Elector]) -> Mapping[Fraction, str]:
    """Weights that a single organisation's ballots have, with that organisation: published, they tell where a ballot comes from.

    With people or with named voters every ballot weighs one. To be shown before the vote opens.
    """
    if rule.unit == "person" or rule.within == "named_voter":
        return {}
    organisations: dict[Fraction, set[str]] = defaultdict(set)
    weighed = weights(rule, electors)
    for elector in electors:
        organisations[weighed[elector.token]].add(elector.organisation)
    return {weight: min(names) for weight, names in sorted(organisations.items()) if len(names) == 1}
