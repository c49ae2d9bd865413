"""Votes by a printed rule: secret until the tally, counted exactly, ties named, and a receipt for each ballot."""

from dure.engines.voting.checking import MOST_OPTIONS, choice_faults, electorate_faults, rule_faults
from dure.engines.voting.fault_codes import FAULTS
from dure.engines.voting.filing import normal, rule_data, rule_of
from dure.engines.voting.receipts import (
    Published,
    Receipt,
    Row,
    digest,
    nonce_faults,
    published,
    published_faults,
    receipt,
    recount,
    verify,
)
from dure.engines.voting.saying import result_said, rule_said
from dure.engines.voting.schulze import Matrix
from dure.engines.voting.secrecy import KEY_BYTES, Box, Entry, cast, empty_box, opened, token_of
from dure.engines.voting.sentences import SENTENCES
from dure.engines.voting.standing import Standing, lots, settle
from dure.engines.voting.tallying import Count, Tally, Turnout, tally, turnout
from dure.engines.voting.values import ABSTAIN, HALF, MOTION, NO, YES, Choice, Elector, Rule, Said, Share
from dure.engines.voting.weighing import all_votes, telling_weights, weights

__all__ = [
    "ABSTAIN",
    "FAULTS",
    "HALF",
    "KEY_BYTES",
    "MOST_OPTIONS",
    "MOTION",
    "NO",
    "SENTENCES",
    "YES",
    "Box",
    "Choice",
    "Count",
    "Elector",
    "Entry",
    "Matrix",
    "Published",
    "Receipt",
    "Row",
    "Rule",
    "Said",
    "Share",
    "Standing",
    "Tally",
    "Turnout",
    "all_votes",
    "cast",
    "choice_faults",
    "digest",
    "electorate_faults",
    "empty_box",
    "lots",
    "nonce_faults",
    "normal",
    "opened",
    "published",
    "published_faults",
    "receipt",
    "recount",
    "result_said",
    "rule_data",
    "rule_faults",
    "rule_of",
    "rule_said",
    "settle",
    "tally",
    "telling_weights",
    "token_of",
    "turnout",
    "verify",
    "weights",
]
