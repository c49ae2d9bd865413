"""What else happens when a vote moves."""

from datetime import timedelta
from typing import Any

from dure.alliance.votes import keys, telling
from dure.engines import voting
from dure.engines.faults import Fault, Faulty
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change


def open_box(change: Change) -> None:
    """The electorate is frozen and the box sealed; the key is on the disk before the row that needs it."""
    from dure.alliance.models import VoteElector  # noqa: PLC0415 - the models name the table that names this module
    from dure.alliance.votes import counting, electorate  # noqa: PLC0415 - same

    vote: Any = change.obj
    voters = electorate.of(vote)
    vote.electors.all().delete()
    VoteElector.objects.bulk_create(
        [VoteElector(vote=vote, person_id=one.person, organisation_id=one.organisation) for one in voters]
    )
    key = keys.make(vote.uid)
    electors = counting.electors_of(vote, key)
    if faults := voting.electorate_faults(vote.printed, electors):
        raise Faulty(faults)
    vote.box = dict(voting.empty_box(key, vote.printed, [one.token for one in electors]))
    vote.whole = voting.all_votes(vote.printed, electors)
    vote.opened_at = clock.now()
    topics = _move_topics(vote, "call_vote")
    vote.reach = "members" if all(topic.reach == "members" for topic in topics) else "confidential"
    telling.tell_electors(telling.OPENED, vote)


def _move_topics(vote: Any, action: str) -> list[Any]:
    """All of them, in one order; Denied where one has moved on meanwhile."""
    topics = [item.topic for item in vote.items.select_related("topic").order_by("topic_id")]
    return [workflow.perform(topic, action, by=SYSTEM) for topic in topics]


def tally(change: Change) -> None:
    """The box is opened, the list without names published, and key, box and tokens go."""
    from dure.alliance.votes import counting  # noqa: PLC0415 - same

    vote: Any = change.obj
    opened = counting.open_box(vote)
    if opened is None:
        raise Faulty([Fault("vote_box_broken")])
    listed = voting.published(str(vote.uid), vote.printed, opened.electors, opened.entries)
    vote.listed = [[row.code, [list(tier) for tier in row.choice], str(row.weight)] for row in listed.rows]
    vote.whole, vote.digest = listed.whole, voting.digest(listed)
    _note_winners(vote)
    _empty(vote)
    _move_topics(vote, "tally")
    telling.tell_electors(telling.COUNTED, vote)


def _note_winners(vote: Any) -> None:
    """Which topics won, and whether the chair has a tie to decide."""
    from dure.alliance.votes import counting  # noqa: PLC0415 - same

    _tally, standing = counting.result(vote)
    winners = standing.winners if standing else ()
    vote.is_tied = bool(standing and standing.tied and vote.printed.ties == "chair")
    for item in vote.items.order_by("pk"):
        item.won = (voting.YES if vote.printed.method == "motion" else item.key) in winners
        item.save(update_fields=["won"])


def _empty(vote: Any) -> None:
    vote.box = {}
    keys.destroy_after_commit(vote.uid)


def settle(change: Change) -> None:
    """The chair's order over exactly the tied options. Raises Faulty for any other."""
    vote: Any = change.obj
    vote.chosen_order = list(change.data["order"])
    _note_winners(vote)
    telling.tell_electors(telling.SETTLED, vote)


def extend(change: Change) -> None:
    """By the printed rule, once; the ballots stay sealed."""
    vote: Any = change.obj
    vote.extended_at = clock.now()
    vote.closes_at = clock.now() + timedelta(days=vote.extension_days)
    telling.tell_electors(telling.EXTENDED, vote)


def fail(change: Change) -> None:
    """Nothing is counted: what is held again stays secret."""
    _over(change.obj, telling.FAILED)


def void(change: Change) -> None:
    _over(change.obj, telling.VOID)


def cancel(change: Change) -> None:
    vote: Any = change.obj
    vote.reason = change.data["reason"]
    if vote.state == "open":
        _over(vote, telling.CANCELLED)


def _over(vote: Any, kind: str) -> None:
    """Box and key go, topics are discussed again, electors are told."""
    _empty(vote)
    _move_topics(vote, "resume")
    telling.tell_electors(kind, vote)
