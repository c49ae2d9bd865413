"""Every fault of a rule, an electorate, a ballot or a published list, each with its English sentence."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "vote_word_unknown": gettext_noop("“%(value)s” is none of %(words)s."),
    "vote_only_motions_fail": gettext_noop(
        "Only a motion can fail by a tie. Choose the chair, a lottery or open."
    ),
    "vote_share_range": gettext_noop("A share lies between 0 and 1, and nothing can be more than the whole."),
    "vote_motion_options": gettext_noop("A motion is answered by yes or no; it has no options of its own."),
    "vote_options_count": gettext_noop("A vote has %(least)s to %(most)s options."),
    "vote_option_malformed": gettext_noop(
        "An option has 1 to %(most)s characters that can be shown, all in one line."
    ),
    "vote_option_twice": gettext_noop("The option “%(option)s” stands twice."),
    "vote_option_unknown": gettext_noop("The option “%(option)s” is not on the ballot."),
    "vote_winners_range": gettext_noop("Between 1 and %(most)s options can win."),
    "vote_only_approvals_limited": gettext_noop(
        "Only a vote by approval limits how many options are marked."
    ),
    "vote_approvals_range": gettext_noop("A ballot can approve 1 to %(most)s options."),
    "vote_rule_shape": gettext_noop("This part is missing or not of the kind that a rule has."),
    "vote_electors_count": gettext_noop("Between 1 and %(most)s people can vote."),
    "vote_elector_twice": gettext_noop("Somebody stands in the electorate twice."),
    "vote_organisation_missing": gettext_noop(
        "Where organisations vote, each person is named for one of them. Named for none: %(count)s."
    ),
    "vote_named_voters": gettext_noop("An organisation has one named voter, not %(voters)s."),
    "vote_not_elector": gettext_noop("Only who stood in the electorate when the vote opened can vote."),
    "vote_tier_empty": gettext_noop("A rank without an option is left out."),
    "vote_not_ranked": gettext_noop("This vote has no ranks: an option is marked or not."),
    "vote_one_answer": gettext_noop("Answer yes or no, or abstain."),
    "vote_approvals_too_many": gettext_noop("At most %(most)s options can be approved; %(marked)s are."),
    "vote_chair_order": gettext_noop("The chair puts exactly the tied options in order: %(options)s."),
    "vote_seed_missing": gettext_noop("The lottery has no seed yet."),
    "vote_box_broken": gettext_noop("The ballot box was not sealed with this key, or somebody altered it."),
    "vote_nonce_malformed": gettext_noop(
        "Words of your own have %(least)s to %(most)s characters that can be shown, all in one line."
    ),
    "vote_code_twice": gettext_noop("This receipt code stands in the list more than once."),
    "vote_weight_range": gettext_noop("A ballot weighs more than nothing and at most one vote."),
    "vote_too_many_votes": gettext_noop("The list holds more than the %(whole)s votes that there are."),
    "vote_receipt_altered": gettext_noop("The code does not belong to this ballot and these words."),
    "vote_receipt_elsewhere": gettext_noop("This receipt is from another vote."),
    "vote_receipt_not_listed": gettext_noop(
        "The list does not have this code. If you changed your ballot, only the last receipt counts."
    ),
    "vote_ballot_changed": gettext_noop("The list shows another ballot beside this code."),
}
