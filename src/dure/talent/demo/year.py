"""An exchange of thirty in a played year of the alliance: what people do, each step on the day on which the clock stands.

The alliance says when; deadlines, the end of stays and calls for reports are the clock's.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from dure.engines import placement
from dure.foundation import clock, workflow
from dure.people import api as people
from dure.talent.demo.cast import verify
from dure.talent.demo.hosts import USUAL
from dure.talent.events import RoundDecided
from dure.talent.intakes import caring, following, making
from dure.talent.models import Intake, Opening, PlacementRound, RoundSeat, Stay
from dure.talent.openings import demo as openings
from dure.talent.rounds import committing, preparing, ranking, solving

TITLE: Final = {"title_ko": "대학원생 교환 30명 (데모)", "title_en": "Exchange of thirty students (demo)"}
ABOUT: Final = {
    "about_ko": "다섯 달 동안 세 연구 그룹에서 함께 연구합니다.",
    "about_en": "Five months of research in three groups.",
}
RULES: Final = {
    "rules_ko": "자리가 모자라면 두 기관의 비밀값으로 만든 추첨이 정합니다.",
    "rules_en": "Where seats are short, a lottery decides that is drawn from the secrets of two organisations.",
}
GROUPS: Final = (("음성", "Speech"), ("시계열", "Time series"), ("비전", "Vision"))
SEATS: Final = 10
OPENS_FOR: Final = 40
DID: Final = {
    "did": "첫 실험을 다시 실행했습니다. / Ran the first experiment again.",
    "next_steps": "",
    "trouble": "",
}
RETURNED: Final = "그룹의 방법을 우리 문제에 옮겼습니다. / Brought the group's method to a problem of ours."
FAMILY: Final = "집안 사정으로 돌아갑니다. / Goes home for reasons of family."


@dataclass(frozen=True, slots=True)
class Exchange:
    """Who plays: the officer and the organisation that runs it, the host with who speaks for it, two who keep secrets, students."""

    desk: people.Person
    runner: people.Organisation
    host: people.Organisation
    supervisor: people.Person
    keepers: Mapping[people.Organisation, people.Person]
    students: Sequence[people.Person]
    secrets: dict[int, str] = field(default_factory=dict)


def call(cast: Exchange, *, starts_on: date, ends_on: date, rank_until: date) -> None:
    """An intake with three groups and who pays, and a round that places its seats; both open."""
    verify(cast.host, by=cast.desk)
    intake = making.create(by=cast.desk, organisation=cast.runner, given=_said(starts_on, ends_on))
    for group in GROUPS:
        made = openings.put(_opening(group, starts_on, ends_on), by=cast.desk, home=cast.host)
        making.add_host(intake, by=cast.desk, opening=made, group_ko=group[0], group_en=group[1])
    making.add_sponsor(intake, by=cast.desk, organisation=cast.runner, seats=len(cast.students))
    workflow.perform(intake, "call", by=cast.desk)
    _prepare(cast, rank_until)


def _said(starts_on: date, ends_on: date) -> dict[str, Any]:
    empty = dict.fromkeys(("eligibility_ko", "eligibility_en", "documents_ko", "documents_en"), "")
    plain = {"kind": "exchange", "term": str(starts_on.year), "is_abroad": True, "programme": None}
    return {**TITLE, **ABOUT, **empty, **plain, "starts_on": starts_on, "ends_on": ends_on}


def _opening(group: tuple[str, str], starts_on: date, ends_on: date) -> dict[str, Any]:
    today = clock.today()
    words = {
        "title": {"ko": f"교환 연구: {group[0]} (데모)", "en": f"Exchange: {group[1]} (demo)"},
        "text": {"ko": ABOUT["about_ko"], "en": ABOUT["about_en"]},
    }
    times = {"starts_in": (starts_on - today).days, "ends_in": (ends_on - today).days}
    more = {
        "kind": "exchange",
        "regions": ["CA"],
        "seats": SEATS,
        "opens_for": OPENS_FOR,
        "must": {"model-validation": 1},
    }
    return {**USUAL, **words, **times, **more}


def _prepare(cast: Exchange, rank_until: date) -> None:
    given = {**TITLE, **ABOUT, **RULES, "rank_until": clock.moment(rank_until, 18)}
    made = preparing.create(by=cast.desk, organisation=cast.runner, given=given)
    for opening in _openings():
        preparing.put_seat(made, by=cast.desk, opening=opening, seats=SEATS, otherwise=2)
    for keeper in cast.keepers:
        preparing.name_keeper(made, by=cast.desk, organisation=keeper)
    workflow.perform(made, "open", by=cast.desk)


def rank(cast: Exchange) -> None:
    """Keepers commit to their secrets, and students rank all groups, not all in the same order."""
    for kept, speaker in _kept(cast):
        cast.secrets[kept.organisation_id] = secret = committing.fresh_secret()
        committing.commit(kept, by=speaker, commitment=placement.commitment_of(secret))
    seats = list(RoundSeat.objects.filter(round=_round()).order_by("pk"))
    for at, student in enumerate(cast.students):
        turned = seats[at % 2 :] + seats[: at % 2]
        ranks = {seat: number for number, seat in enumerate(turned, start=1)}
        home = people.own_organisations(student).first()
        ranking.save(_round(), by=student, ranks=ranks, organisation=home)


def decide(cast: Exchange) -> None:
    """The clock has closed the round. Secrets are revealed, it is solved and confirmed, and everybody has a stay."""
    for kept, speaker in _kept(cast):
        committing.reveal(kept, by=speaker, secret=cast.secrets[kept.organisation_id])
    solving.solve(_round())
    workflow.perform(_round(), "decide", by=cast.desk)
    following.follow_round(RoundDecided(placement_round=str(_round().uid)))
    workflow.perform(_intake(), "select", by=cast.desk)


def leave(cast: Exchange) -> None:
    """Everything that must be done is done, and all leave."""
    for stay in _stays():
        caring.name_supervisor(stay, by=cast.desk, supervisor=cast.supervisor)
        for duty in stay.duties.filter(is_needed=True).order_by("pk"):
            caring.tick(stay, duty, by=stay.person, is_done=True)
        caring.act(stay, "leave", by=cast.supervisor)
    workflow.perform(_intake(), "begin", by=cast.desk)


def report(cast: Exchange) -> None:
    """Every second one writes of the month that is over; the last one has to go home."""
    month = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    *others, last = _stays("away")
    for stay in others[::2]:
        caring.report(stay, by=stay.person, month=month, given=DID)
    caring.act(last, "break_off", by=cast.desk, data={"reason": FAMILY})


def come_home(cast: Exchange) -> None:
    """The clock has ended the stays. All write what they bring back, the host closes, and the intake is finished."""
    for stay in _stays("returned"):
        caring.report_return(stay, by=stay.person, text=RETURNED)
        caring.act(Stay.objects.get(pk=stay.pk), "complete", by=cast.supervisor)
    workflow.perform(_intake(), "finish", by=cast.desk)


def figures() -> dict[str, dict[str, int]]:
    """How many intakes and stays stand in which state."""
    kinds: dict[str, Any] = {"intakes": Intake.objects, "stays": Stay.objects}
    return {
        name: dict(sorted(Counter(rows.order_by().values_list("state", flat=True)).items()))
        for name, rows in kinds.items()
    }


def _intake() -> Intake:
    return Intake.objects.get(title_en=TITLE["title_en"])


def _round() -> PlacementRound:
    return PlacementRound.objects.get(title_en=TITLE["title_en"])


def _openings() -> list[Opening]:
    return list(Opening.objects.filter(intake_host__intake=_intake()).order_by("pk"))


def _stays(*states: str) -> list[Stay]:
    rows = _intake().stays.select_related("intake", "host__opening__organisation", "person", "sponsor")
    return list((rows.filter(state__in=states) if states else rows).order_by("pk"))


def _kept(cast: Exchange) -> Iterator[tuple[Any, people.Person]]:
    for kept in _round().commitments.select_related("organisation").order_by("pk"):
        yield kept, cast.keepers[kept.organisation]
