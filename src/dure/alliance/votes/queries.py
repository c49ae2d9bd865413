"""Reads of votes for pages and REST, each a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dure.alliance.gurus.visibility import is_guru
from dure.alliance.models import Roundtable, Topic, Vote, VoteItem
from dure.alliance.votes import counting, words
from dure.foundation.access import Role, has_role


@dataclass(frozen=True, slots=True)
class Line:
    """One option of the result: its topic or answer, its votes, and whether it won."""

    name: str
    topic: Topic | None
    votes: str
    won: bool


def listed(person: Any, *, group: str = "") -> QuerySet[Vote]:
    """Votes that this person may read, the newest first; `group` is a tag of states."""
    rows = Vote.objects.visible_to(person)
    if group in ("running", "done"):
        rows = rows.filter(state__in=Vote.workflow.tagged(group))
    return rows.order_by("-pk")


def items(vote: Vote) -> list[VoteItem]:
    """What stands on the ballot. Whoever reads the vote reads their titles."""
    return list(vote.items.select_related("topic").order_by("pk"))


def of_topic(person: Any, topic: Topic) -> list[Vote]:
    """Votes on it, as far as this person may read them."""
    return list(Vote.objects.visible_to(person).filter(items__topic=topic).order_by("-pk")[:10])


def of_roundtable(person: Any, roundtable: Roundtable) -> list[Vote]:
    """Votes that belong to it, as far as this person may read them."""
    return list(Vote.objects.visible_to(person).filter(roundtable=roundtable).order_by("pk")[:50])


def reads_electors(person: Any, vote: Vote) -> bool:
    """Who may vote and who took part: read by those who may vote, gurus, the secretariat and auditors; two queries at most."""
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR) or is_guru(person):
        return True
    return vote.electors.filter(person_id=person.pk).exists()


def lines(vote: Vote, rows: list[VoteItem], counted: Any) -> list[Line]:
    """The options with their votes, in the order of the result."""
    tally, standing = counted
    names, topics = words.names_of(vote, rows), {item.key: item.topic for item in rows}
    is_motion = vote.printed.method == "motion"
    order = [one for layer in standing.order for one in layer] if standing else list(names)
    votes = tally.count.votes if tally.count else {}
    winners = standing.winners if standing else ()
    return [
        Line(
            names[key],
            None if is_motion else topics[key],
            str(votes[key]) if key in votes else "",
            key in winners,
        )
        for key in order
    ]


def result_of(vote: Vote) -> Any:
    """Counted again from the published list; None while there is none."""
    return counting.result(vote) if vote.state == "decided" else None
