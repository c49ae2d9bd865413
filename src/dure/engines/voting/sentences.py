"""The sentences of a printed rule and of a result, in English for translation."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

SENTENCES: Final[Mapping[str, str]] = {
    "vote_unit_person": gettext_noop("Each person has one vote."),
    "vote_unit_organisation": gettext_noop("Each organisation has one vote."),
    "vote_within_named_voter": gettext_noop("Its named voter casts it."),
    "vote_within_equal_fractions": gettext_noop(
        "Each person named for the organisation carries an equal fraction of its vote; one that is not cast is lost."
    ),
    "vote_method_motion": gettext_noop("A ballot says yes or no, or abstains."),
    "vote_method_approval": gettext_noop(
        "A ballot approves as many options as it likes; those with the most approvals win."
    ),
    "vote_method_ranking": gettext_noop(
        "A ballot ranks the options, equal ranks allowed; what it leaves out stands below. Schulze’s method counts pair by pair."
    ),
    "vote_limit_approvals": gettext_noop("A ballot approves %(most)s options at most."),
    "vote_quorum_half": gettext_noop("The result counts if more than half of all votes are cast."),
    "vote_quorum_more": gettext_noop("The result counts if more than %(share)s of all votes are cast."),
    "vote_quorum_least": gettext_noop("The result counts if at least %(share)s of all votes are cast."),
    "vote_quorum_any": gettext_noop("The result counts if any vote is cast."),
    "vote_quorum_none": gettext_noop("No quorum is needed."),
    "vote_majority_half": gettext_noop("The motion is carried if more than half say yes."),
    "vote_majority_more": gettext_noop("The motion is carried if more than %(share)s say yes."),
    "vote_majority_least": gettext_noop("The motion is carried if at least %(share)s say yes."),
    "vote_majority_any": gettext_noop("The motion is carried if anybody says yes."),
    "vote_majority_none": gettext_noop("The motion is carried by a single yes."),
    "vote_base_yes_and_no": gettext_noop(
        "This is counted of the votes for yes and no; abstentions are left out."
    ),
    "vote_base_cast": gettext_noop("This is counted of all votes cast, abstentions included."),
    "vote_base_electorate": gettext_noop("This is counted of all votes, whether cast or not."),
    "vote_winners_approval": gettext_noop(
        "Options that win: %(winners)s. One that nobody approves wins nothing."
    ),
    "vote_winners_ranking": gettext_noop("Options that win: %(winners)s."),
    "vote_ties_chair": gettext_noop("The chair decides between options that are tied."),
    "vote_ties_lottery": gettext_noop(
        "A lottery that anybody can draw again decides between options that are tied."
    ),
    "vote_ties_open": gettext_noop("A tie stays open."),
    "vote_ties_fails": gettext_noop("With as many for yes as for no, the motion fails."),
    "vote_ballots_secret": gettext_noop(
        "Ballots are secret and can be changed until the close; then all are published beside receipt codes, without names."
    ),
    "vote_turnout": gettext_noop("%(cast)s of %(whole)s votes were cast."),
    "vote_without_quorum": gettext_noop("The quorum was missed, so no ballot was counted."),
    "vote_carried": gettext_noop("The motion is carried."),
    "vote_not_carried": gettext_noop("The motion is not carried."),
    "vote_won": gettext_noop("Won by vote: %(options)s."),
    "vote_tied": gettext_noop("Tied for places still to fill (%(left)s): %(options)s."),
    "vote_nobody_won": gettext_noop("No option won."),
    "vote_settled_chair": gettext_noop("The chair decided the tie."),
    "vote_settled_lottery": gettext_noop("The lottery decided the tie."),
    "vote_settled_fails": gettext_noop("By the rule, a motion fails with as many for yes as for no."),
}
