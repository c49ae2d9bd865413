"""A challenge as people meet it: terms, rules, teams and baselines on the board, all made through the product's own actions."""

import io
from dataclasses import dataclass

from dure.foundation import workflow
from dure.people.models import Organisation, Person
from dure.problems.actions import baselines, submissions, teams
from dure.problems.actions.terms import accept_terms
from dure.problems.actions.terms_choice import choose_terms
from dure.problems.models import Challenge, Submission, Team
from dure.problems.scoring import process
from tests.factories.people import organisation, person
from tests.factories.problems import accepted_need, csv_of, numbers, open_challenge, predictions, submitted

ROWS = 300
RIVALS = (
    ("바람골 연구회", 4.0, 1),
    ("Seoul Mix Lab", 4.05, 2),
    ("압축강도 예측 연합팀 (누리대 재료공학과)", 4.2, 3),
    ("골재와 물", 4.6, 4),
    ("Han River Data", 5.4, 5),
    ("첫눈", 5.6, 6),
    ("재령 28", 6.4, 7),
    ("Abrams 1918", 8.0, 8),
)
BASELINES = (("기준: 선형 회귀", 7.0, 20), ("기준: 평균값", 10.5, 21))
TEXTS = {
    "title_ko": "배합표만 보고 콘크리트 강도 맞히기",
    "title_en": "Concrete strength from its mix",
    "summary_ko": "시멘트와 물, 골재를 얼마나 섞었는지와 며칠 굳혔는지로 압축강도를 예측합니다.",
    "summary_en": "Predict compressive strength from how much cement, water and aggregate went in and how many days it cured.",
    "hurts_ko": "배합을 바꿀 때마다 시험용 원기둥을 만들어 **28일**을 기다립니다.\n그동안은 새 배합이 맞는지 알 수 없습니다.",
    "hurts_en": "Whenever we change a mix we cast cylinders, wait **28 days** and crush them.\nNobody knows before.",
    "worth_ko": "평균 오차가 5 MPa 안이면 시험할 배합을 서너 개로 줄일 수 있습니다.",
    "worth_en": "With an error of about 5 MPa we could cut the mixes to be tested down to three or four.",
    "data_ko": "공개된 시험 기록 1,030건입니다. 재료 일곱 가지의 양(kg/m³)과 재령(일), 압축강도(MPa)가 있습니다.",
    "data_en": "1,030 public test records: the amounts of seven ingredients (kg/m³), age (days) and compressive strength (MPa).",
}


@dataclass(frozen=True, slots=True)
class Contest:
    """An open challenge and the people around it. `talent` leads `team`; `mate` is in it; `guest` is invited."""

    challenge: Challenge
    host: Person
    talent: Person
    mate: Person
    guest: Person
    team: Team

    @property
    def url(self) -> str:
        return f"/challenges/{self.challenge.slug}"


def score_all() -> None:
    """Everything that waits is scored, and the boards are computed."""
    process.Scorer(name="test").run(until_empty=True)


def contest(*, terms: bool = True, rivals: int = len(RIVALS), rows: int = ROWS) -> Contest:
    """Opened, with nothing handed in by the talent's own team yet; the rivals' files are scored."""
    challenge, host = _opened(terms=terms, rows=rows)
    for name, noise, seed in RIVALS[:rivals]:
        _rival(challenge, name, noise, seed)
    for name, noise, seed in BASELINES if rivals else ():
        stream = io.BytesIO(predictions(challenge, noise=noise, seed=seed))
        baselines.add_baseline(
            by=host, challenge=challenge, name=name, stream=stream, filename="baseline.csv"
        )
    made = _team(challenge, host)
    score_all()
    return made


def busy_contest() -> Contest:
    """With the talent's own files: scored, better, no better than chance, broken through our fault, waiting."""
    made = contest()
    for noise, seed, note in ((6.0, 31, "선형 + 재령 로그"), (4.1, 32, "부스팅 600 나무"), (4.0, 33, "")):
        submitted(made.team, noise=noise, seed=seed, note=note)
        score_all()
    best = Submission.objects.filter(team=made.team).order_by("id")[1]
    submissions.choose_final(by=made.talent, submission=best, chosen=True)
    submitted(made.team, noise=4.4, seed=34, note="신경망")
    return made


def closed_contest() -> Contest:
    """Closed with the private board computed: the talent's team gave two finals."""
    made = busy_contest()
    score_all()
    workflow.perform(made.challenge, "close", by=made.host)
    score_all()
    return made


def _opened(*, terms: bool, rows: int) -> tuple[Challenge, Person]:
    firm = organisation(name_ko="한빛건설", name_en="Hanbit Construction")
    owner = person(name_ko="박수요", name_en="Suyo Park")
    host = person(name_ko="이주최", name_en="Juchoe Lee")
    need = accepted_need(owner=owner, curator=host, organisation=firm, industry="manufacturing", **TEXTS)
    for template in ("data_use", "results_owner") if terms else ():
        choose_terms(by=host, problem=need, template=template, values={})
    challenge = open_challenge(problem=need, rows=rows, prize_ko="상금 300만 원", prize_en="KRW 3 million")
    challenge.phases.update(name_ko="본 대회", name_en="Main phase")
    challenge.pages.create(
        number=1,
        title_ko="규칙",
        title_en="Rules",
        body_ko="- 스스로 만든 모델로만 겨룹니다.\n- 외부 데이터는 출처를 밝히면 써도 됩니다.",
        body_en="- Compete with models of your own.\n- Outside data is fine when its source is named.",
    )
    return challenge, host


def _rival(challenge: Challenge, name: str, noise: float, seed: int) -> None:
    lead = person()
    accept_terms(by=lead, problem=challenge.problem)
    school = Organisation.objects.filter(name_en="Nuri University").first() or organisation(
        name_ko="누리대학교", name_en="Nuri University", kind=Organisation.Kind.UNIVERSITY
    )
    team = teams.enter(by=lead, challenge=challenge, name=name, organisation=school if seed % 3 else None)
    submitted(team, noise=noise, seed=seed)


def _team(challenge: Challenge, host: Person) -> Contest:
    talent = person(name_ko="김두레", name_en="Dure Kim", email="dure@example.org")
    mate, guest = (
        person(name_ko="최나래", name_en="Narae Choi"),
        person(name_ko="정한솔", name_en="Hansol Jeong"),
    )
    accept_terms(by=talent, problem=challenge.problem)
    team = teams.enter(by=talent, challenge=challenge, name="두레꾼")
    for one in (mate, guest):
        accept_terms(by=one, problem=challenge.problem)
        invitation = teams.invite(by=talent, team=team, person=one)
        if one is mate:
            teams.accept(by=mate, invitation=invitation)
    return Contest(challenge, host, talent, mate, guest, team)


def broken_file(rows: int = ROWS) -> bytes:
    """Many faults at once: unknown, missing and doubled ids, words and infinities where figures belong."""
    ids, truth = numbers(rows)
    values = [str(value) for value in truth]
    values[3:9] = ["없음", "NaN", "inf", "", "1e999", "=1+1"]
    return csv_of(id=["x1", ids[2], *ids[2:-1], "낯선"], value=values)
