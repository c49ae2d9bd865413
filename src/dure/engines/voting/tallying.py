"""The tally: turnout first, and nothing more where the quorum is missed; then counts, matrices, order and winners."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from dure.engines.faults import Fault, Faulty
from dure.engines.voting.checking import choice_faults, electorate_faults, rule_faults
from dure.engines.voting.schulze import Matrix, above, pairwise, strongest_paths
from dure.engines.voting.standing import Above, Standing, standing_of
from dure.engines.voting.values import ABSTAIN, HALF, MOTION, NO, YES, Choice, Elector, Rule
from dure.engines.voting.weighing import all_votes, weights

Weighed = tuple[Choice, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many of all votes were cast, fractions of an organisation's vote included, and whether that is the quorum."""

    cast: Fraction
    whole: int
    is_quorum: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What the ballots say together. `votes` per option of a motion or an approval; the two matrices of a ranking."""

    votes: Mapping[str, Fraction] = field(default_factory=dict)
    abstained: Fraction = Fraction(0)
    pairwise: Matrix = ()
    paths: Matrix = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The result. Without a quorum there is no count: the ballots of a vote that is held again stay secret."""

    turnout: Turnout
    count: Count | None = None
    standing: Standing | None = None


def turnout(rule: Rule, electors: Sequence[Elector], voted: Iterable[str]) -> Turnout:
    """How many votes the tokens in `voted` have cast. To be asked before any ballot is opened."""
    weighed = weights(rule, electors)
    return _turnout(rule, all_votes(rule, electors), [weighed[token] for token in set(voted)])


def _turnout(rule: Rule, whole: int, cast: Iterable[Fraction]) -> Turnout:
    votes = sum(cast, Fraction(0))
    return Turnout(cast=votes, whole=whole, is_quorum=rule.quorum.is_met(votes, whole))


def tally(rule: Rule, electors: Sequence[Elector], ballots: Mapping[str, Choice]) -> Tally:
    """Count the ballots, by token. Raises Faulty with every fault of the rule, the electorate and the ballots."""
    faults = [*rule_faults(rule), *electorate_faults(rule, electors)]
    weighed = weights(rule, electors)
    for token, choice in ballots.items():
        faults += [Fault("vote_not_elector", place=token[:8])] if token not in weighed else []
        faults += choice_faults(rule, choice)
    if faults:
        raise Faulty(faults)
    return counted(rule, all_votes(rule, electors), [(ballots[token], weighed[token]) for token in ballots])


def counted(rule: Rule, whole: int, ballots: Sequence[Weighed]) -> Tally:
    """Count choices with their weights, of `whole` votes in all: what anybody can do again with the published list."""
    turned_out = _turnout(rule, whole, [weight for _choice, weight in ballots])
    if not turned_out.is_quorum:
        return Tally(turnout=turned_out)
    alike: dict[Choice, Fraction] = defaultdict(Fraction)
    for choice, weight in ballots:
        alike[choice] += weight
    count = _count(rule, alike)
    return Tally(turnout=turned_out, count=count, standing=_standing(rule, count, turned_out))


def _count(rule: Rule, alike: Mapping[Choice, Fraction]) -> Count:
    abstained = alike.get(ABSTAIN, Fraction(0))
    if rule.method == "ranking":
        preferred = pairwise(rule.options, alike)
        return Count(abstained=abstained, pairwise=preferred, paths=strongest_paths(preferred))
    votes = dict.fromkeys(rule.options, Fraction(0))
    for choice, weight in alike.items():
        for option in choice[0] if choice else ():
            votes[option] += weight
    return Count(votes=votes, abstained=abstained)


def _standing(rule: Rule, count: Count, turned_out: Turnout) -> Standing:
    if rule.method == "motion":
        return _of_motion(rule, count, turned_out)
    if rule.method == "ranking":
        over = above(rule.options, count.paths)
        return standing_of(rule.options, over, seats=rule.winners, may_win=rule.options)
    approved = [option for option in rule.options if count.votes[option]]
    return standing_of(rule.options, _more_votes(count.votes), seats=rule.winners, may_win=approved)


def _more_votes(votes: Mapping[str, Fraction]) -> Above:
    return frozenset((one, other) for one in votes for other in votes if votes[one] > votes[other])


def _of_motion(rule: Rule, count: Count, turned_out: Turnout) -> Standing:
    """Carried or not. It is a tie where more than half is needed, and yes and no are exactly half each."""
    yes, no = count.votes[YES], count.votes[NO]
    wholes = {"yes_and_no": yes + no, "cast": turned_out.cast, "electorate": Fraction(turned_out.whole)}
    whole = wholes[rule.base]
    if yes and rule.majority.is_met(yes, whole):
        return Standing(order=((YES,), (NO,)), winners=(YES,))
    if yes and yes == no and yes + no == whole and rule.majority == HALF:
        return Standing(order=(MOTION,), winners=(), tied=MOTION, left=1)
    return Standing(order=((NO,), (YES,)), winners=(NO,))
