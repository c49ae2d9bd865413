"""Reads the demo's content into typed values. The demo loader walks them through the product's own actions.

Paths are absolute. The files of a shipped problem lie beside its `problem.yaml`; those of a fetched one lie in the folder
that its builder filled, which the caller names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

__all__ = [
    "FETCHED",
    "FINISHED",
    "SHIPPED",
    "Bilingual",
    "DemoAlliance",
    "DemoColumn",
    "DemoFile",
    "DemoMembership",
    "DemoMessage",
    "DemoNeed",
    "DemoOrganisation",
    "DemoPerson",
    "DemoProblem",
    "DemoSplit",
    "DemoSubmission",
    "DemoTeam",
    "DemoWinner",
    "load",
    "load_alliance",
]

FOLDER = Path(__file__).resolve().parent
SHIPPED = ("concrete-strength", "digits-sorting", "tumour-screening")
FINISHED = ("concrete-pilot",)
"""Shipped too: closed and declared."""
FETCHED = ("engine-life", "covid-provinces", "flu-quantiles")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in both languages of the platform."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class DemoColumn:
    """A column of the data handed out, for the data page; `unit` may be empty."""

    name: str
    meaning: Bilingual
    unit: str


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file participants get; `part` as in DatasetFile.Part."""

    path: Path
    part: Literal["train", "test", "sample", "other"]


@dataclass(frozen=True, slots=True)
class DemoSplit:
    """How test rows are divided into public and private: `mode` and `column` as in Challenge."""

    mode: Literal["rows", "stratified", "group", "time"]
    column: str
    public_share: float


@dataclass(frozen=True, slots=True)
class DemoSubmission:
    """One prediction file, handed in `days_ago` days before the demo is loaded."""

    path: Path
    note: Bilingual
    days_ago: int


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A team: `organisation` is a slug or empty, `members` are keys of people, the lead first. A baseline has no members."""

    name: str
    organisation: str
    members: tuple[str, ...]
    is_baseline: bool
    is_imported: bool
    submissions: tuple[DemoSubmission, ...]


@dataclass(frozen=True, slots=True)
class DemoWinner:
    """What the team of that name hands in when it may win: a file under the name that people give it, and a report."""

    team: str
    path: Path
    filename: str
    report: Bilingual


@dataclass(frozen=True, slots=True)
class DemoProblem:
    """A problem ready to be posted, opened and played. The texts are named as the fields of Problem.

    `schema` is what `scoring.schema.from_plain` reads. `target` is the score the owner hopes for, in the metric's unit.
    `rules` goes on the rules page. `opened_days_ago` and `closes_in_days` date the one phase. `skills` are what a result shows.
    `winner` stands with those that are finished, whose `closes_in_days` is negative.
    """

    slug: str
    organisation: str
    owner: str
    host: str
    industry: str
    sensitivity: str
    practice: bool
    title: Bilingual
    summary: Bilingual
    hurts: Bilingual
    cost: Bilingual
    data: Bilingual
    worth: Bilingual
    rules: Bilingual
    licence: str
    attribution: str
    notice: str
    columns: tuple[DemoColumn, ...]
    files: tuple[DemoFile, ...]
    answers: Path
    metric: str
    second_metric: str
    split: DemoSplit
    target: float
    schema: Mapping[str, Any]
    opened_days_ago: int
    closes_in_days: int
    baselines: tuple[DemoTeam, ...]
    teams: tuple[DemoTeam, ...]
    skills: tuple[str, ...]
    winner: DemoWinner | None


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """A made-up member. `business_number`: ten digits whose check digit is right, of a tax office that does not exist."""

    slug: str
    name: Bilingual
    kind: str
    country: str
    business_number: str
    about: Bilingual


@dataclass(frozen=True, slots=True)
class DemoMembership:
    """A person's role in an organisation (`Membership.Role`) and position there."""

    organisation: str
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A made-up person. `roles`: platform roles; `demo_role`: the role whose one-time link signs in as this person, or empty."""

    key: str
    name: Bilingual
    email: str
    headline: Bilingual
    language: str
    roles: tuple[str, ...]
    memberships: tuple[DemoMembership, ...]
    demo_role: str


@dataclass(frozen=True, slots=True)
class DemoMessage:
    """A message in the triage thread of a need."""

    author: str
    body: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class DemoNeed:
    """A need that is not (yet) a challenge. `state`: posted, questions or declined; `reason` only where declined."""

    key: str
    organisation: str
    owner: str
    industry: str
    sensitivity: str
    state: Literal["posted", "questions", "declined"]
    title: Bilingual
    summary: Bilingual
    hurts: Bilingual
    cost: Bilingual
    data: Bilingual
    worth: Bilingual
    contact: str
    reason: str
    messages: tuple[DemoMessage, ...]
    posted_days_ago: int


@dataclass(frozen=True, slots=True)
class DemoAlliance:
    """Who there is, and the needs beside the problems. `notice` says that all of it is made up; show it."""

    name: Bilingual
    notice: Bilingual
    organisations: tuple[DemoOrganisation, ...]
    people: tuple[DemoPerson, ...]
    needs: tuple[DemoNeed, ...]
    capacity: Mapping[str, Any]
    """What is given to the farm, granted and used, as `farm.put_demo_capacity` plays it."""


def load(slug: str, *, built: Path | None = None) -> DemoProblem:
    """The problem of that slug; `built` names the folder its builder filled (needed for those in FETCHED).

    Raises KeyError for an unknown slug, FileNotFoundError where a file of the problem is not there.
    """
    if slug not in SHIPPED + FINISHED + FETCHED:
        raise KeyError(slug)
    raw = _yaml(FOLDER / slug / "problem.yaml")
    problem = _problem(raw, built or FOLDER / slug)
    _insist(problem)
    return problem


def load_alliance() -> DemoAlliance:
    """The demo alliance."""
    raw = _yaml(FOLDER / "alliance.yaml")
    return DemoAlliance(
        name=_both(raw["name"]),
        notice=_both(raw["notice"]),
        organisations=tuple(_organisation(entry) for entry in raw["organisations"]),
        people=tuple(_person(entry) for entry in raw["people"]),
        needs=tuple(_need(entry) for entry in raw["needs"]),
        capacity=raw["capacity"],
    )


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _both(raw: Mapping[str, str]) -> Bilingual:
    """Exactly ko and en: an unquoted comma in YAML makes a third key, and must not cut a text short in silence."""
    return Bilingual(**{language: text.strip() for language, text in raw.items()})


def _texts(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _both(raw[name]) for name in ("title", "summary", "hurts", "cost", "data", "worth")}


def _problem(raw: Mapping[str, Any], folder: Path) -> DemoProblem:
    plain = (
        "slug",
        "organisation",
        "owner",
        "host",
        "industry",
        "sensitivity",
        "practice",
        "licence",
        "attribution",
    )
    numbers = ("metric", "target", "schema", "opened_days_ago", "closes_in_days")
    return DemoProblem(
        **{name: raw[name] for name in plain + numbers},
        **_texts(raw),
        rules=_both(raw["rules"]),
        notice=raw.get("notice", ""),
        second_metric=raw.get("second_metric", ""),
        columns=tuple(_column(entry) for entry in raw["columns"]),
        files=tuple(DemoFile(folder / entry["name"], entry["part"]) for entry in raw["files"]),
        answers=folder / raw["answers"],
        split=DemoSplit(**raw["split"]),
        baselines=tuple(_team(entry, folder, is_baseline=True) for entry in raw["baselines"]),
        teams=tuple(_team(entry, folder, is_baseline=False) for entry in raw["teams"]),
        skills=tuple(raw.get("skills", ())),
        winner=_winner(raw["winner"], folder) if "winner" in raw else None,
    )


def _winner(raw: Mapping[str, Any], folder: Path) -> DemoWinner:
    return DemoWinner(raw["team"], folder / raw["file"], raw["name"], _both(raw["report"]))


def _column(raw: Mapping[str, str]) -> DemoColumn:
    return DemoColumn(raw["name"], _both({"ko": raw["ko"], "en": raw["en"]}), raw.get("unit", ""))


def _team(raw: Mapping[str, Any], folder: Path, *, is_baseline: bool) -> DemoTeam:
    return DemoTeam(
        name=raw["name"],
        organisation=raw.get("organisation", ""),
        members=tuple(raw.get("members", ())),
        is_baseline=is_baseline,
        is_imported=raw.get("imported", False),
        submissions=tuple(_submission(entry, folder) for entry in raw["submissions"]),
    )


def _submission(raw: Mapping[str, Any], folder: Path) -> DemoSubmission:
    return DemoSubmission(
        folder / "predictions" / raw["file"], _both({"ko": raw["ko"], "en": raw["en"]}), raw["days_ago"]
    )


def _insist(problem: DemoProblem) -> None:
    """A missing file is said here, by name, and not in the middle of loading."""
    handed_in = [entry.path for team in problem.baselines + problem.teams for entry in team.submissions]
    for path in (problem.answers, *(file.path for file in problem.files), *handed_in):
        if not path.is_file():
            raise FileNotFoundError(path)


def _organisation(raw: Mapping[str, Any]) -> DemoOrganisation:
    return DemoOrganisation(
        slug=raw["slug"],
        name=_both(raw["name"]),
        kind=raw["kind"],
        country=raw["country"],
        business_number=raw["business_number"],
        about=_both(raw["about"]),
    )


def _person(raw: Mapping[str, Any]) -> DemoPerson:
    return DemoPerson(
        key=raw["key"],
        name=_both(raw["name"]),
        email=raw["email"],
        headline=_both(raw["headline"]),
        language=raw.get("language", "ko"),
        roles=tuple(raw.get("roles", ())),
        memberships=tuple(DemoMembership(**entry) for entry in raw["memberships"]),
        demo_role=raw.get("demo_role", ""),
    )


def _need(raw: Mapping[str, Any]) -> DemoNeed:
    plain = ("key", "organisation", "owner", "industry", "sensitivity", "state", "contact", "posted_days_ago")
    return DemoNeed(
        **{name: raw[name] for name in plain},
        **_texts(raw),
        reason=raw.get("reason", ""),
        messages=tuple(DemoMessage(**entry) for entry in raw.get("messages", ())),
    )
