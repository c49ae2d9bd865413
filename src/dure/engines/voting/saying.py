"""A rule and a result as sentences: codes of SENTENCES with their values."""

from fractions import Fraction

from dure.engines.voting.standing import Standing
from dure.engines.voting.tallying import Tally
from dure.engines.voting.values import HALF, YES, Rule, Said, Share


def rule_said(rule: Rule) -> tuple[Said, ...]:
    """The whole rule, in the order in which it is printed."""
    return (
        *_unit_said(rule),
        Said(f"vote_method_{rule.method}"),
        *_limits_said(rule),
        _share_said("vote_quorum", rule.quorum),
        *_decision_said(rule),
        Said(f"vote_ties_{rule.ties}"),
        Said("vote_ballots_secret"),
    )


def _unit_said(rule: Rule) -> tuple[Said, ...]:
    if rule.unit == "person":
        return (Said("vote_unit_person"),)
    return Said("vote_unit_organisation"), Said(f"vote_within_{rule.within}")


def _limits_said(rule: Rule) -> tuple[Said, ...]:
    if rule.most_approvals is None:
        return ()
    return (Said("vote_limit_approvals", (("most", rule.most_approvals),)),)


def _decision_said(rule: Rule) -> tuple[Said, ...]:
    if rule.method == "motion":
        return _share_said("vote_majority", rule.majority), Said(f"vote_base_{rule.base}")
    return (Said(f"vote_winners_{rule.method}", (("winners", rule.winners),)),)


def _share_said(what: str, share: Share) -> Said:
    """Half is said as a majority, the rest as a fraction."""
    if share == HALF:
        return Said(f"{what}_half")
    if not share.of:
        return Said(f"{what}_{'any' if share.more else 'none'}")
    return Said(f"{what}_{'more' if share.more else 'least'}", (("share", str(share.of)),))


def result_said(rule: Rule, tally: Tally, settled: Standing | None = None) -> tuple[Said, ...]:
    """The result in sentences; `settled` is the standing after a tie was broken."""
    turned_out = tally.turnout
    cast = Said("vote_turnout", (("cast", _number(turned_out.cast)), ("whole", turned_out.whole)))
    standing = settled or tally.standing
    if standing is None:
        return cast, Said("vote_without_quorum")
    return cast, *_broken_said(tally, settled), *_standing_said(rule, standing)


def _broken_said(tally: Tally, settled: Standing | None) -> tuple[Said, ...]:
    if tally.standing is None or settled is None or not settled.settled_by:
        return ()
    return _tie_said(tally.standing), Said(f"vote_settled_{settled.settled_by}")


def _standing_said(rule: Rule, standing: Standing) -> tuple[Said, ...]:
    if rule.method == "motion" and standing.winners:
        return (Said("vote_carried" if standing.winners == (YES,) else "vote_not_carried"),)
    won = (Said("vote_won", (("options", ", ".join(standing.winners)),)),) if standing.winners else ()
    tie = (_tie_said(standing),) if standing.tied else ()
    return won + tie or (Said("vote_nobody_won"),)


def _tie_said(standing: Standing) -> Said:
    return Said("vote_tied", (("options", ", ".join(standing.tied)), ("left", standing.left)))


def _number(votes: Fraction) -> str:
    """12, or 12 1/3."""
    whole, rest = divmod(votes, 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)
