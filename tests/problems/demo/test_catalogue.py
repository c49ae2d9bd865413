"""What the demo loader reads is whole: files, people, organisations, languages, schemas."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import polars as pl
import pytest
import yaml

from dure.engines import skills
from dure.engines.scoring.metrics import METRICS
from dure.engines.scoring.schema.plain import from_plain
from dure.problems import demo_finishing
from dure.problems.demo import catalogue
from dure.problems.demo.catalogue import Bilingual, DemoProblem, DemoTeam
from dure.problems.demo.sources import SOURCES

COME_ALONG = catalogue.SHIPPED + catalogue.FINISHED
ALL = COME_ALONG + catalogue.FETCHED
HANGUL = re.compile(r"[가-힣]")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder in which every name a problem mentions exists, so that a fetched problem can be read without its data."""
    for slug in catalogue.FETCHED:
        raw = yaml.safe_load((catalogue.FOLDER / slug / "problem.yaml").read_text(encoding="utf-8"))
        handed_in = [
            entry["file"] for team in raw["baselines"] + raw["teams"] for entry in team["submissions"]
        ]
        names = [raw["answers"], *(entry["name"] for entry in raw["files"])]
        for name in [*names, *(f"predictions/{name}" for name in handed_in)]:
            path = tmp_path / slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    return tmp_path


def _load(slug: str, built: Path) -> DemoProblem:
    return catalogue.load(slug, built=built / slug if slug in catalogue.FETCHED else None)


def _teams(problem: DemoProblem) -> tuple[DemoTeam, ...]:
    return problem.baselines + problem.teams


def _texts(value: object) -> Iterator[Bilingual]:
    if isinstance(value, Bilingual):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


@pytest.mark.parametrize("slug", ALL)
def test_problem_is_whole(slug: str, built: Path) -> None:
    problem = _load(slug, built)

    assert problem.slug == slug
    assert problem.practice
    assert problem.licence
    assert problem.attribution
    assert len(problem.baselines) == 2
    assert 5 <= len(problem.teams) <= 7
    assert {file.part for file in problem.files} >= {"train", "test", "sample"}


@pytest.mark.parametrize("slug", ALL)
def test_schema_serves_the_metric(slug: str, built: Path) -> None:
    problem = _load(slug, built)
    schema = from_plain(dict(problem.schema))
    metric = METRICS[problem.metric]

    assert {column.role.partition(":")[0] for column in schema.columns} == {
        role.name for role in metric.prediction
    }
    assert {column.role for column in schema.truths} == {role.name for role in metric.truth}
    assert problem.second_metric in {"", *METRICS}
    if problem.split.mode == "group":
        assert schema.group_column == problem.split.column


@pytest.mark.parametrize("slug", ALL)
def test_one_person_one_team_and_none_of_the_owners(slug: str, built: Path) -> None:
    problem = _load(slug, built)
    members = [member for team in _teams(problem) for member in team.members]
    known = {person.key for person in catalogue.load_alliance().people}

    assert set(members) <= known
    assert max(Counter(members).values()) == 1
    assert not {problem.owner, problem.host} & set(members)
    assert {problem.owner, problem.host} <= known
    assert all(team.members or team.is_imported for team in problem.teams)


@pytest.mark.parametrize("slug", ALL)
def test_submissions_lie_between_opening_and_now(slug: str, built: Path) -> None:
    problem = _load(slug, built)
    for team in _teams(problem):
        days = [entry.days_ago for entry in team.submissions]
        assert days == sorted(days, reverse=True)
        assert all(max(0, -problem.closes_in_days) < day <= problem.opened_days_ago for day in days)


@pytest.mark.parametrize("slug", catalogue.FETCHED)
def test_fetched_problem_says_the_terms_of_its_source(slug: str, built: Path) -> None:
    problem = _load(slug, built)

    assert problem.licence == SOURCES[slug].licence
    assert problem.notice == SOURCES[slug].notice
    if problem.notice:
        assert problem.notice in problem.attribution


@pytest.mark.parametrize("slug", COME_ALONG)
def test_every_shipped_submission_answers_every_row(slug: str) -> None:
    problem = catalogue.load(slug)
    ids = pl.read_csv(problem.answers)["id"].to_list()
    column = problem.schema["columns"][0]["name"]

    for team in _teams(problem):
        for entry in team.submissions:
            table = pl.read_csv(entry.path)
            assert table.columns == ["id", column]
            assert table["id"].to_list() == ids
            assert table[column].is_not_null().all()


@pytest.mark.parametrize("slug", COME_ALONG)
def test_every_shipped_prediction_is_used(slug: str) -> None:
    problem = catalogue.load(slug)
    used = {entry.path for team in _teams(problem) for entry in team.submissions}

    assert used == set((catalogue.FOLDER / slug / "predictions").iterdir())


@pytest.mark.parametrize("slug", catalogue.FINISHED)
def test_a_finished_problem_is_over_and_its_skills_are_known(slug: str) -> None:
    problem = catalogue.load(slug)
    assert problem.closes_in_days < -demo_finishing.DECLARED
    assert problem.winner is not None
    assert problem.winner.path.is_file()
    assert problem.winner.team in {team.name for team in problem.teams}
    assert set(problem.skills) <= skills.packaged().skills.keys()


def test_every_text_is_in_both_languages(built: Path) -> None:
    alliance = catalogue.load_alliance()
    problems = tuple(_load(slug, built) for slug in ALL)
    texts = [*_texts(alliance), *(text for problem in problems for text in _texts(problem))]

    assert len(texts) > 200
    for text in texts:
        assert HANGUL.search(text.ko), text
        assert text.en, text
        assert not HANGUL.search(text.en), text


def test_business_numbers_have_a_right_check_digit_and_no_tax_office() -> None:
    weights = (1, 3, 7, 1, 3, 7, 1, 3, 5)
    for organisation in catalogue.load_alliance().organisations:
        number = organisation.business_number
        total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
        assert (10 - (total + int(number[8]) * 5 // 10) % 10) % 10 == int(number[9])
        assert number.startswith("000")


def test_there_is_one_person_for_every_demo_role() -> None:
    roles = Counter(person.demo_role for person in catalogue.load_alliance().people if person.demo_role)

    expected = "secretariat problem_owner talent instructor host representative auditor operator curator"
    assert roles == Counter(expected.split())


def test_people_and_needs_refer_to_what_exists() -> None:
    alliance = catalogue.load_alliance()
    slugs = {organisation.slug for organisation in alliance.organisations}
    keys = {person.key for person in alliance.people}

    assert {entry.organisation for person in alliance.people for entry in person.memberships} <= slugs
    assert all(person.email.endswith(".example") for person in alliance.people)
    assert len({person.email for person in alliance.people}) == len(alliance.people)
    for need in alliance.needs:
        assert need.organisation in slugs
        assert {need.owner, *(message.author for message in need.messages)} <= keys
        assert bool(need.reason) == (need.state == "declined")
        assert bool(need.messages) == (need.state == "questions")


def test_unknown_problem_and_missing_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        catalogue.load("shuttle")
    with pytest.raises(FileNotFoundError, match=r"answers\.csv"):
        catalogue.load("engine-life", built=tmp_path)
