"""Roundtables for tests."""

from datetime import datetime, timedelta
from typing import Any

from dure.alliance.models import Roundtable, Topic, Vote
from dure.alliance.roundtables import editing, meeting
from dure.alliance.votes import drafting
from dure.foundation import clock, workflow
from dure.people.models import Person
from tests.factories import agreements, roundtables

MINUTES = {"minutes_ko": "세 안건을 논의했습니다.", "minutes_en": "Three topics were discussed."}


def planned(
    *topics: Topic, by: Person | None = None, starts_at: datetime | None = None, **changed: Any
) -> Roundtable:
    """One in two weeks, with these topics on its agenda."""
    desk = by or agreements.secretary()
    begins = starts_at or clock.now() + timedelta(days=14)
    given = {
        "title_ko": "라운드테이블",
        "title_en": "Spring roundtable",
        "about_ko": "",
        "about_en": "",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "place": "Room 7",
        "link": "",
        "reach": "members",
        **changed,
    }
    made = editing.plan(by=desk, given=given)
    for topic in topics:
        workflow.perform(topic, "schedule", by=desk, data={"roundtable": made, "minutes": 20})
    return made


def announced(*topics: Topic, **changed: Any) -> Roundtable:
    """Gurus are invited."""
    made = planned(*(topics or (roundtables.topic(),)), **changed)
    return workflow.perform(made, "announce", by=made.made_by or agreements.secretary())


def held(*topics: Topic, **changed: Any) -> Roundtable:
    """It took place an hour ago; call it before the clock is moved."""
    now = clock.now()
    with clock.at(now - timedelta(days=3)):
        made = announced(*topics, starts_at=now - timedelta(hours=3), **changed)
    return workflow.perform(made, "hold", by=made.made_by or agreements.secretary())


def minuted(*topics: Topic, **changed: Any) -> Roundtable:
    """The minutes are published."""
    made = held(*topics, **changed)
    desk = made.made_by or agreements.secretary()
    meeting.write_minutes(made, by=desk, given=MINUTES)
    return workflow.perform(made, "publish", by=desk)


def opened(topic: Topic) -> Topic:
    """A topic under discussion."""
    announced(topic)
    topic.refresh_from_db()
    return workflow.perform(topic, "open", by=agreements.secretary())


def ballot_given(*topics: Topic, **changed: Any) -> dict[str, Any]:
    """A vote on these topics, by marks where there are several and by a motion for one; it closes in a week."""
    return {
        "title_ko": "무엇을 먼저 할까요",
        "title_en": "What first?",
        "about_ko": "",
        "about_en": "",
        "topics": list(topics),
        "method": "approval" if len(topics) > 1 else "motion",
        "unit": "person",
        "quorum": "half",
        "majority": "half",
        "winners": 1,
        "most_approvals": None,
        "ties": "chair",
        "closes_at": clock.now() + timedelta(days=7),
        "extension_days": 7,
        "roundtable": None,
        **changed,
    }


def vote(*topics: Topic, **changed: Any) -> Vote:
    """An open vote; who serves as a guru now may vote."""
    desk = agreements.secretary()
    made = drafting.prepare(by=desk, given=ballot_given(*topics, **changed))
    return workflow.perform(made, "open", by=desk)
