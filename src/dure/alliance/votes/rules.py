"""Who may do what with votes: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused

NOT_DRAFT = Refused("vote_not_draft", _("It is open; its rule does not change any more."))
NOT_ELECTOR = Refused(
    "vote_not_in_electorate", _("Only who stood in the electorate when the vote opened can vote.")
)
NOT_OPEN = Refused("vote_not_open", _("The vote is not open."))
TOO_LATE = Refused("vote_closed", _("The vote has closed; no ballot is taken any more."))
KEY_GONE = Refused(
    "vote_key_gone",
    _(
        "The key of this vote is gone, so nobody can count it. It is void, and the secretariat holds it again."
    ),
)
NO_TOPICS = Refused(
    "vote_no_topics", _("All its topics must be under discussion, and there must be one at least.")
)
IS_PAST = Refused("vote_closes_in_past", _("It would close before it opens. Choose a later time first."))
NOBODY = Refused("vote_nobody", _("Nobody could vote by this rule today."))
CONFIDENTIAL = Refused(
    "vote_confidential",
    _("Where organisations vote, no topic can be in confidence: their representatives could not read it."),
)
NOT_YET = Refused("vote_not_over", _("It is still open, and not everybody has voted."))
NO_QUORUM = Refused("vote_no_quorum", _("The quorum is missed so far."))
HAS_QUORUM = Refused("vote_has_quorum", _("The quorum is reached; it is counted."))
EXTENDED = Refused("vote_extended", _("It was extended once already."))
KEY_THERE = Refused("vote_key_there", _("Its key is there, and its box is whole."))
NO_TIE = Refused("vote_no_tie", _("There is no tie that the chair decides."))


def leads(person: Any, vote: Any) -> Decision:
    """Who prepares votes: the secretariat."""
    return only_secretariat(person, vote)


def may_edit(person: Any, vote: Any) -> Decision:
    decision = leads(person, vote)
    return decision if not decision or vote.state == "draft" else NOT_DRAFT


def may_cast(person: Any, vote: Any, elector: Any) -> Decision:
    """Who stands in the electorate, until the moment of the close: the clock need not have struck."""
    if not person.is_authenticated:
        return SIGN_IN
    if elector is None:
        return NOT_ELECTOR
    if vote.state != "open":
        return NOT_OPEN
    return ALLOWED if clock.now() < vote.closes_at else TOO_LATE


def can_open(vote: Any, _data: Mapping[str, Any]) -> Decision:
    """Topics under discussion, a close that is ahead, and somebody who may vote."""
    from dure.alliance.votes import electorate  # noqa: PLC0415 - the models name the table that names this module

    topics = [item.topic for item in vote.items.select_related("topic")]
    if not topics or any(topic.state != "discussing" for topic in topics):
        return NO_TOPICS
    if vote.closes_at <= clock.now():
        return IS_PAST
    if vote.printed.unit == "organisation" and any(topic.reach != "members" for topic in topics):
        return CONFIDENTIAL
    return ALLOWED if electorate.of(vote) else NOBODY


def can_tally(vote: Any, _data: Mapping[str, Any]) -> Decision:
    """Its time has come or everybody has voted; the quorum is reached and the box can be opened."""
    from dure.alliance.votes import counting, keys  # noqa: PLC0415 - same

    if clock.now() < vote.closes_at and not counting.everybody_has_cast(vote):
        return NOT_YET
    if keys.read(vote.uid) is None:
        return KEY_GONE
    return ALLOWED if counting.turnout(vote).is_quorum else NO_QUORUM


def can_extend(vote: Any, data: Mapping[str, Any]) -> Decision:
    """Over, short of the quorum, and never extended before."""
    if vote.extended_at is not None or not vote.extension_days:
        return EXTENDED
    return _is_short(vote, data)


def has_failed(vote: Any, data: Mapping[str, Any]) -> Decision:
    """Short of the quorum, and it was extended or its rule does not extend."""
    if vote.extended_at is None and vote.extension_days:
        return NO_QUORUM
    return _is_short(vote, data)


def _is_short(vote: Any, _data: Mapping[str, Any]) -> Decision:
    from dure.alliance.votes import counting  # noqa: PLC0415 - same

    if clock.now() < vote.closes_at:
        return NOT_YET
    return HAS_QUORUM if counting.turnout(vote).is_quorum else ALLOWED


def is_void(vote: Any, _data: Mapping[str, Any]) -> Decision:
    """Nobody can open its box any more."""
    from dure.alliance.votes import counting  # noqa: PLC0415 - same

    return KEY_THERE if counting.open_box(vote) is not None else ALLOWED


def can_settle(vote: Any, data: Mapping[str, Any]) -> Decision:
    """There is a tie that the chair decides; the order holds exactly the tied options, which the engine asks."""
    return ALLOWED if vote.is_tied and data.get("order") else NO_TIE
