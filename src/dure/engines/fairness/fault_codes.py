"""Everything that can be wrong with what an audit is given, or with a record of one, each with its English sentence."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "fairness_nobody": gettext_noop(
        "There is nobody to audit; choose a round in which people were considered."
    ),
    "fairness_no_attribute": gettext_noop(
        "Nobody was asked for an attribute such as sex or age band, so there is nothing to compare."
    ),
    "fairness_minimum": gettext_noop(
        "The least size of a published cell must be 1 or more; it is %(value)s."
    ),
    "fairness_score": gettext_noop("A score must be a finite number; this one is %(value)s."),
    "fairness_position": gettext_noop("Positions count from 1; this one is %(value)s."),
    "fairness_position_twice": gettext_noop(
        "Position %(value)s is taken by someone else; give each person one of their own."
    ),
    "fairness_probability": gettext_noop("A probability must lie between 0 and 1; this one is %(value)s."),
    "fairness_record_unreadable": gettext_noop(
        "This is no record of an audit that can be read; take the file as it was saved."
    ),
    "fairness_record_changed": gettext_noop(
        "This record was changed after it was made: its SHA-256 is not that of its report."
    ),
}
