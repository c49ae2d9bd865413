"""Who may review what and who does: conflicts of interest with their reasons, exact assignment, scores, decision by budget."""

from dure.engines.reviewing.affinity import affinity
from dure.engines.reviewing.assigning import assign, even_bounds
from dure.engines.reviewing.changing import ACTIONS, COLUMNS, Difference, Now, read_changes
from dure.engines.reviewing.checking import task_faults
from dure.engines.reviewing.conflicts import barred_pairs, conflicts, waiver_faults
from dure.engines.reviewing.fault_codes import FAULTS
from dure.engines.reviewing.funding import Ask, Funding, FundingRule, decide, funding_faults
from dure.engines.reviewing.scores import Scored, Summary, levelled, score_of, standard_error, summaries
from dure.engines.reviewing.sentences import FUNDING, REASONS, funding_said
from dure.engines.reviewing.values import (
    KINDS,
    Assignment,
    Conflict,
    Declared,
    Kind,
    Pair,
    Person,
    Policy,
    Proposal,
    Reviewer,
    Spell,
    Task,
    Waiver,
    Wanted,
)

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "FAULTS",
    "FUNDING",
    "KINDS",
    "REASONS",
    "Ask",
    "Assignment",
    "Conflict",
    "Declared",
    "Difference",
    "Funding",
    "FundingRule",
    "Kind",
    "Now",
    "Pair",
    "Person",
    "Policy",
    "Proposal",
    "Reviewer",
    "Scored",
    "Spell",
    "Summary",
    "Task",
    "Waiver",
    "Wanted",
    "affinity",
    "assign",
    "barred_pairs",
    "conflicts",
    "decide",
    "even_bounds",
    "funding_faults",
    "funding_said",
    "levelled",
    "read_changes",
    "score_of",
    "standard_error",
    "summaries",
    "task_faults",
    "waiver_faults",
]
