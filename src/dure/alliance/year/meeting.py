"""A roundtable from its announcement to its minutes, a secret vote on ten topics, and what the chosen ones become."""

from datetime import timedelta
from typing import Any, Final

from dure.alliance.models import Roundtable, Topic, Vote
from dure.alliance.roundtables import editing
from dure.alliance.roundtables import meeting as sitting
from dure.alliance.votes import casting, drafting
from dure.alliance.year.asking import DECLINE, topics
from dure.alliance.year.playing import Scene, Year
from dure.foundation import clock, workflow

MEETS: Final = 62
VOTED_ON: Final = 10
WINNERS: Final = 3
STAY_AWAY: Final = 4
"""So many gurus never vote."""
TITLE: Final = ("첫 라운드테이블 (데모)", "The first roundtable (demo)")
MINUTES: Final = (
    "열 주제를 논의했고, 세 건을 뽑기로 했습니다. / Ten topics were discussed; three are to be chosen."
)
LATER: Final = "다음 해에 다시 봅니다. / To be looked at again next year."


def scenes() -> list[Scene]:
    return [
        Scene(46, "라운드테이블 공지 / a roundtable is announced", announce),
        Scene(54, "사전 토론 / topics are opened for discussion", discuss),
        Scene(MEETS, "라운드테이블 개최, 투표 시작 / it is held, a vote opens", hold),
        Scene(MEETS + 2, "구루 투표 / gurus vote", vote),
        Scene(MEETS + 11, "회의록과 채택 / minutes, and what topics become", conclude),
    ]


def announce(year: Year) -> None:
    begins = clock.moment(year.day(MEETS), 14)
    given = {
        "title_ko": TITLE[0],
        "title_en": TITLE[1],
        "about_ko": "올해 함께 할 주제를 정합니다.",
        "about_en": "What we do together this year.",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=3),
        "place": "데모 회의실 / A room of the demo",
        "link": "",
        "reach": "members",
    }
    made = editing.plan(by=year.cast.desk, given=given)
    for topic in _waiting(year):
        workflow.perform(topic, "schedule", by=year.cast.desk, data={"roundtable": made, "minutes": 15})
    workflow.perform(made, "announce", by=year.cast.desk)


def _waiting(year: Year) -> list[Topic]:
    return [one for one in topics(year) if one.state == "proposed"][:VOTED_ON]


def discuss(year: Year) -> None:
    """Gurus say whether they come, and the clock of the topics begins."""
    for at, guru in enumerate(voters(year)):
        sitting.answer(roundtable(), by=guru, comes=at % 5 > 0)
    for topic in topics(year):
        if topic.state == "scheduled":
            workflow.perform(topic, "open", by=year.cast.desk)


def hold(year: Year) -> None:
    """In the afternoon: who came, a task, and a vote that is open for nine days."""
    with clock.at(clock.moment(year.day(MEETS), 17)):
        held = workflow.perform(roundtable(), "hold", by=year.cast.desk)
        came = [one.uid for at, one in enumerate(voters(year)) if at % 5 > 0]
        sitting.note_attendance(held, by=year.cast.desk, came=came)
        sitting.write_minutes(held, by=year.cast.desk, given={"minutes_ko": MINUTES, "minutes_en": MINUTES})
        workflow.perform(
            drafting.prepare(by=year.cast.desk, given=_ballot(year, held)), "open", by=year.cast.desk
        )


def _ballot(year: Year, held: Roundtable) -> dict[str, Any]:
    return {
        "title_ko": "올해의 주제 (데모)",
        "title_en": "Topics of the year (demo)",
        "about_ko": "",
        "about_en": "",
        "topics": [one for one in topics(year) if one.state == "discussing"],
        "method": "approval",
        "unit": "person",
        "quorum": "half",
        "majority": "none",
        "winners": WINNERS,
        "most_approvals": WINNERS,
        "ties": "chair",
        "closes_at": clock.now() + timedelta(days=9),
        "extension_days": 7,
        "roundtable": held,
    }


def vote(year: Year) -> None:
    """Everybody approves of the first three options but for a few; one changes the ballot, which counts once."""
    opened = Vote.objects.get(roundtable=roundtable())
    present = voters(year)[:-STAY_AWAY]
    for at, guru in enumerate([*present, present[0]]):
        choice = (("1", "2", "3") if at % 4 else ("2", "3", "4"),)
        casting.cast(opened, by=guru, choice=choice, nonce=f"words of ballot {at}")


def conclude(year: Year) -> None:
    """The clock has counted. Of the three chosen one becomes a project and one a need; the others rest."""
    workflow.perform(roundtable(), "publish", by=year.cast.desk)
    chosen = _chosen()
    data: dict[str, Any] = {"kind": "project", "track": "speech"}
    workflow.perform(chosen[0], "adopt", by=year.cast.desk, data=data)
    data = {"kind": "problem", "organisation": chosen[1].organisation}
    workflow.perform(chosen[1], "adopt", by=year.cast.desk, data=data)
    for topic in topics(year):
        if topic.state == "decided" and topic not in chosen:
            workflow.perform(topic, "park", by=year.cast.desk, data={"reason": LATER})


def _chosen() -> list[Topic]:
    items = Vote.objects.get(roundtable=roundtable()).items.filter(won=True).order_by("pk")
    return [item.topic for item in items.select_related("topic__organisation")]


def roundtable() -> Roundtable:
    return Roundtable.objects.get(title_en=TITLE[1])


def voters(year: Year) -> list[Any]:
    """Gurus who accepted."""
    return list(year.cast.gurus[DECLINE:])
