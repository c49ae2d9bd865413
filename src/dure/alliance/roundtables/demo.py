"""The demo’s roundtables: one that was held, with its vote and minutes, and one ahead; played once, through our own actions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from django.db import transaction
from django.utils import timezone

from dure.alliance.gurus import appointing
from dure.alliance.models import GuruTerm, Roundtable, Topic, Vote
from dure.alliance.roundtables import editing, meeting
from dure.alliance.topics import proposing
from dure.alliance.votes import casting, drafting
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Role
from dure.people import api as people
from dure.problems import api as problems

TERM: Final = timedelta(days=730)
BEGAN: Final = -120
"""The day on which the gurus were appointed, counted from today."""
MINUTES_EACH: Final = 8
TEXT: Final = {
    "text_ko": "무엇부터 함께 하면 좋을지, 데이터와 사람을 어떻게 나눌지 묻습니다.",
    "text_en": "What should we do together first, and how do we share data and people?",
    "why_ko": "한 기관이 혼자 하기에는 비싸고, 여럿이 하면 결과를 견줄 수 있습니다.",
    "why_en": "It is too dear for one alone, and together results can be compared.",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays it: the secretariat's officer, and the gurus by the name of their address."""

    desk: people.Person
    gurus: Mapping[str, people.Person]
    now: datetime

    def moment(self, days: int, hour: int) -> datetime:
        """That hour of the day so many days from the one on which the demo is loaded."""
        day = timezone.localtime(self.now, timezone.get_default_timezone()).date()
        return clock.moment(day + timedelta(days=days), hour)

    @contextmanager
    def on(self, days: int, hour: int = 10) -> Iterator[None]:
        """What happens inside happens then; never later than now."""
        with clock.at(min(self.moment(days, hour), self.now)):
            yield


@cache
def content() -> Any:
    """What stands in `demo.yaml`."""
    return yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put them into the demo, once: what is there already stays as people left it."""
    demo = people.Person.objects.filter(is_demo=True).order_by("pk")
    desk = demo.filter(roles__contains=[Role.SECRETARIAT]).first()
    known = {str(one.email).partition("@")[0]: one for one in demo}
    names = [one["who"] for one in content()["gurus"]]
    if desk is None or not set(names) <= known.keys() or Roundtable.objects.filter(made_by=desk).exists():
        return
    cast = Cast(desk, {name: known[name] for name in names}, clock.now())
    with cast.on(BEGAN):
        _appoint(cast)
    _play_held(cast)
    _play_next(cast)


def _appoint(cast: Cast) -> None:
    for one in content()["gurus"]:
        person = cast.gurus[one["who"]]
        if GuruTerm.objects.filter(person=person, state__in=("invited", "serving")).exists():
            continue
        days = {"starts_on": clock.today(), "ends_on": clock.today() + TERM}
        given = {
            "email": person.email,
            "fields": one["fields"],
            "known_for_ko": "",
            "known_for_en": "",
            **days,
        }
        workflow.perform(appointing.invite(by=cast.desk, given=given), "accept", by=person)


def _proposed(cast: Cast, rows: Sequence[Mapping[str, Any]]) -> list[Topic]:
    titles = [{f"title_{code}": one["title"][code] for code in ("ko", "en")} for one in rows]
    return [
        proposing.propose(
            by=cast.gurus[one["by"]],
            given={**TEXT, **words, "field": one["field"], "reach": "members", "organisation": None},
        )
        for one, words in zip(rows, titles, strict=True)
    ]


def _planned(cast: Cast, said: Mapping[str, Any], topics: Sequence[Topic], minutes: int) -> Roundtable:
    """On its day in the afternoon, with these topics on its agenda, announced."""
    words = {f"{name}_{code}": said[name][code] for name in ("title", "about") for code in ("ko", "en")}
    begins = cast.moment(said["days"], 14)
    given = {
        **words,
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=3),
        "place": f"{said['place']['ko']} / {said['place']['en']}",
        "link": "",
        "reach": "members",
    }
    made = editing.plan(by=cast.desk, given=given)
    editing.add_material(made, by=cast.desk, given=said["read"])
    for topic in topics:
        workflow.perform(topic, "schedule", by=cast.desk, data={"roundtable": made, "minutes": minutes})
    return workflow.perform(made, "announce", by=cast.desk)


def _play_held(cast: Cast) -> None:
    """Announced two weeks before, held, voted on for a week; then minutes, tasks and what became of the topics."""
    said = content()["held"]
    with cast.on(said["days"] - 14):
        topics = _proposed(cast, content()["topics"])
        made = _planned(cast, said, topics, MINUTES_EACH)
    with cast.on(said["days"] - 7):
        for name in cast.gurus:
            meeting.answer(made, by=cast.gurus[name], comes=True)
        for topic in topics:
            workflow.perform(topic, "open", by=cast.desk)
    with cast.on(said["days"], 17):
        _write_down(cast, made, said)
        vote = _opened(cast, made, topics)
    with cast.on(said["days"] + 2):
        for name, marks in content()["ballots"].items():
            choice = (tuple(str(number) for number in marks),)
            casting.cast(vote, by=cast.gurus[name], choice=choice, nonce=f"demo words of {name}")
    with cast.on(said["days"] + 7, 18):
        workflow.perform(vote, "tally", by=SYSTEM)
    with cast.on(said["days"] + 9):
        workflow.perform(made, "publish", by=cast.desk)
        _conclude(cast, topics)


def _write_down(cast: Cast, made: Roundtable, said: Mapping[str, Any]) -> None:
    workflow.perform(made, "hold", by=cast.desk)
    meeting.note_attendance(made, by=cast.desk, came=[one.uid for one in cast.gurus.values()])
    given = {f"minutes_{code}": said["minutes"][code] for code in ("ko", "en")}
    meeting.write_minutes(made, by=cast.desk, given=given)
    for one in said["tasks"]:
        owner = cast.gurus[one["who"]]
        words = {f"what_{code}": one["what"][code] for code in ("ko", "en")}
        due = cast.moment(one["days"], 0).date()
        task = meeting.hand_out(made, by=cast.desk, given={**words, "address": owner.email, "due_on": due})
        if "outcome" in one:
            meeting.finish(task, by=owner, outcome=one["outcome"])


def _opened(cast: Cast, made: Roundtable, topics: Sequence[Topic]) -> Vote:
    said = content()["vote"]
    given = {
        **{f"title_{code}": said["title"][code] for code in ("ko", "en")},
        "about_ko": "",
        "about_en": "",
        "topics": topics_now(topics),
        "method": "approval",
        "unit": "person",
        "quorum": "two_thirds",
        "majority": "half",
        "winners": said["winners"],
        "most_approvals": said["marks"],
        "ties": "chair",
        "closes_at": clock.now() + timedelta(days=7),
        "extension_days": 7,
        "roundtable": made,
    }
    return workflow.perform(drafting.prepare(by=cast.desk, given=given), "open", by=cast.desk)


def topics_now(topics: Sequence[Topic]) -> list[Topic]:
    """As they stand now, in their order."""
    fresh = {one.pk: one for one in Topic.objects.filter(pk__in=[one.pk for one in topics])}
    return [fresh[one.pk] for one in topics]


def _conclude(cast: Cast, topics: Sequence[Topic]) -> None:
    """One becomes a research project, one is rejected, what was not chosen rests; the other four wait for the secretariat."""
    adopted, rejected = content()["adopted"], content()["rejected"]
    data = {"kind": "project", "track": adopted["track"]}
    workflow.perform(topics[adopted["number"] - 1], "adopt", by=cast.desk, data=data)
    reason = {"reason": rejected["reason"]}
    workflow.perform(topics[rejected["number"] - 1], "reject", by=cast.desk, data=reason)
    parked = content()["parked"]
    for number, topic in enumerate(topics, 1):
        if number not in parked["besides"]:
            workflow.perform(topic, "park", by=cast.desk, data={"reason": parked["reason"]})


def _play_next(cast: Cast) -> None:
    """One ahead; some have answered, and one topic is under discussion already."""
    said = content()["next"]
    with cast.on(-9):
        topics = _proposed(cast, said["topics"])
        made = _planned(cast, said, topics, 40)
    with cast.on(-5):
        workflow.perform(topics[0], "open", by=cast.desk)
        for name, comes in said["comes"].items():
            meeting.answer(made, by=cast.gurus[name], comes=comes)
