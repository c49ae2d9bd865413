"""A small alliance with something going on: for the front page, search and the browser tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dure.foundation import clock, notices, search
from dure.foundation.models import Blob
from dure.people.models import Organisation, Person
from dure.problems.models import (
    AnswerVersion,
    Board,
    Challenge,
    Phase,
    Problem,
    ScorerVersion,
    Team,
    TeamMember,
)
from dure.problems.notice_groups import TAKING_PART
from tests.factories.people import organisation, person

NAMES = (
    ("한빛제철", "Hanbit Steel", Organisation.Kind.INDUSTRY),
    ("누리대학교", "Nuri University", Organisation.Kind.UNIVERSITY),
    ("가온연구원", "Gaon Research Institute", Organisation.Kind.RESEARCH),
    ("마루병원", "Maru Hospital", Organisation.Kind.PUBLIC),
    ("새싹에이아이", "Saessak AI", Organisation.Kind.STARTUP),
)
STORIES = (
    (
        "콘크리트 강도를 배합만 보고 예측하기",
        "Predict the strength of concrete from its mix",
        "시편을 28일 기다리지 않고 배합표만으로 압축 강도를 알고 싶습니다.",
        "We want the compressive strength from the mix alone, without waiting 28 days for a test piece.",
        "manufacturing",
        "rmse",
    ),
    (
        "손글씨 우편번호 자동 분류",
        "Sort handwritten postcodes",
        "접수 창구에서 손으로 적은 번호를 읽어 자동으로 나누고 싶습니다.",
        "Numbers written by hand at the counter should be read and sorted by themselves.",
        "public",
        "accuracy",
    ),
    (
        "유방 종양 검사에서 놓치는 환자 줄이기",
        "Miss fewer patients in breast tumour screening",
        "세침 검사 수치로 악성 가능성을 매겨 정밀 검사 순서를 정하고 싶습니다.",
        "Rank the chance of malignancy from needle samples, to decide who is examined first.",
        "health",
        "roc_auc",
    ),
)


@dataclass(frozen=True, slots=True)
class Alliance:
    """What the front page needs to be looked at."""

    organisations: list[Organisation]
    problems: list[Problem]


def alliance() -> Alliance:
    """Five members and three open problems with five teams each on the board."""
    members = [organisation(name_ko=ko, name_en=en, kind=kind) for ko, en, kind in NAMES]
    host = person(name_ko="박수요", name_en="Suyo Park")
    problems = [_problem(story, at, members, host) for at, story in enumerate(STORIES)]
    return Alliance(members, problems)


def _problem(story: tuple[str, ...], at: int, members: list[Organisation], host: Person) -> Problem:
    title_ko, title_en, summary_ko, summary_en, industry, metric = story
    problem = Problem.objects.create(
        number=at + 1,
        state="open",
        audience="public",
        organisation=members[at],
        owner=host,
        title_ko=title_ko,
        title_en=title_en,
        summary_ko=summary_ko,
        summary_en=summary_en,
        industry=industry,
        route="challenge",
        practice=at > 0,
    )
    open_challenge(problem, slug=f"story-{at}", metric=metric, members=members, days=9 + 7 * at)
    search.put(
        kind="problem", uid=problem.uid, title_ko=title_ko, title_en=title_en, url="/", body=summary_ko
    )
    return problem


def open_challenge(
    problem: Problem, *, slug: str, metric: str, members: list[Organisation], days: int
) -> Challenge:
    """An open challenge of the problem with one phase, five teams and a public board."""
    challenge = Challenge.objects.create(
        slug=slug, problem=problem, state="open", metric=metric, salt=b"s" * 32, opened_at=clock.now()
    )
    Phase.objects.create(
        challenge=challenge, number=1, starts_at=clock.now(), ends_at=clock.now() + timedelta(days=days)
    )
    blob, _ = Blob.objects.get_or_create(sha256="0" * 64, defaults={"size": 1})
    by = problem.owner
    answers = AnswerVersion.objects.create(
        challenge=challenge, number=1, blob=blob, rows=100, public_rows=30, created_by=by
    )
    scorer = ScorerVersion.objects.create(
        challenge=challenge, number=1, metric=metric, digest="0" * 64, created_by=by
    )
    Challenge.objects.filter(pk=challenge.pk).update(answers=answers, scorer=scorer)
    teams = [
        Team.objects.create(challenge=challenge, name=f"두레 {n + 1}조", organisation=members[n])
        for n in range(5)
    ]
    Board.objects.create(
        challenge=challenge, view="public", answers=answers, scorer=scorer, rows=_lines(teams), scored=5
    )
    return challenge


def _lines(teams: list[Team]) -> list[dict[str, Any]]:
    return [
        {
            "name": team.name,
            "score": 0.81 - 0.02 * at * at,
            "low": 0.78 - 0.02 * at * at,
            "high": 0.84 - 0.02 * at * at,
            "group": 1 if at < 2 else at,
        }
        for at, team in enumerate(teams)
    ]


def talent_with_work(made: Alliance) -> Person:
    """A person in a team, with notices."""
    someone = person(name_ko="김두레", name_en="Dure Kim")
    team = Team.objects.filter(challenge__problem=made.problems[0]).first()
    assert team is not None
    TeamMember.objects.create(challenge=team.challenge, team=team, person=someone, is_lead=True)
    kind = notices.register_kind(
        "test_moved", "A test", "Your team %(team)s moved up one place.", group=TAKING_PART
    )
    for _ in range(3):
        notices.notify([someone], kind, url="/", params={"team": team.name})
    return someone
