"""Before the close nothing that a participant can open holds an answer or a private score: every page and route is walked."""

import io
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dure.foundation import files
from dure.foundation.models import Notice
from dure.problems.actions import rescores
from dure.problems.models import Challenge, Evaluation
from tests.factories.people import client_of
from tests.factories.problems import csv_of, entered, numbers, open_challenge, submitted
from tests.problems.hosting import making
from tests.problems.hosting.telling import told

pytestmark = pytest.mark.django_db
PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


def routes() -> list[str]:
    """Every address pattern of the whole site, REST too."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
        else:
            yield here


def addresses(challenge: Challenge) -> list[str]:
    """Each pattern filled with every thing of the challenge that could stand in it."""
    dataset = challenge.dataset
    assert dataset is not None
    uids = [
        challenge.uid,
        challenge.problem.uid,
        dataset.files.get().uid,
        *challenge.submissions.values_list("uid", flat=True),
        *challenge.teams.values_list("uid", flat=True),
        *Evaluation.objects.values_list("uid", flat=True),
        *challenge.answer_versions.values_list("uid", flat=True),
    ]
    found = []
    for route in routes():
        if "^" in route or "logout" in route:
            continue
        names = [found_["kind"] or "str" for found_ in PART.finditer(route)]
        values = (
            [challenge.slug]
            if "uuid" not in names and "slug:uid" not in route
            else [str(uid) for uid in uids]
        )
        found += [_filled(route, challenge.slug, value) for value in values]
    return sorted(set(found))


def _filled(route: str, slug: str, uid: str) -> str:
    def put(part: "re.Match[str]") -> str:
        if part["kind"] == "int":
            return "1"
        return uid if part["kind"] == "uuid" else slug

    return "/" + PART.sub(put, route)


def private_scores(challenge: Challenge) -> set[float]:
    scores = Evaluation.objects.filter(submission__challenge=challenge).values_list(
        "private_score", "second_score"
    )
    return {score for pair in scores for score in pair if score is not None}


def secrets(challenge: Challenge) -> set[float]:
    """Private scores, and the answers before and after the correction."""
    _ids, truth = numbers(200)
    corrected = (truth + making.SHIFT).round(3)
    return private_scores(challenge) | set(truth.tolist()) | set(corrected.tolist())


def cells(values: set[float]) -> set[str]:
    """These values as cells of a CSV file, where a figure of two decimal places is one of them too."""
    return {f",{value}" for value in values}


def given_away(hidden: set[float], text: str) -> list[str]:
    return told(hidden, text) + [cell for cell in cells(hidden) if cell in text]


def body_of(client: Client, url: str) -> str:
    response = client.get(url)
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # a file
    assert response.status_code < 500, url
    return content.decode("utf-8", "replace")


def test_a_participant_meets_no_answer_and_no_private_score() -> None:
    challenge = open_challenge(second_metric="mae")
    blob = files.put_bytes(csv_of(id=["r1"], x=[1.0]))
    challenge.dataset.files.update(blob=blob)  # type: ignore[union-attr]  # the factory's own file holds the answers doubled
    team = entered(challenge, name="us")
    submitted(team, noise=2.0, seed=1)
    submitted(entered(challenge, name="rivals"), noise=3.0, seed=2)
    making.baseline(challenge)
    making.score_all()
    challenge = making.fresh(challenge)
    mine = challenge.submissions.get(team=team)
    own = io.BytesIO(csv_of(id=["none"], value=[0.0])).getvalue()
    mine.blob = files.put_bytes(own)
    mine.save()
    rescores.change_answers(
        by=making.host_of(challenge), challenge=challenge, truth=making.corrected(challenge), note_en="x"
    )
    making.score_all()
    hidden = secrets(making.fresh(challenge))
    assert len(hidden) > 50
    browser = client_of(team.members.get().person)
    walked = [url for url in addresses(making.fresh(challenge)) if "account" not in url]
    assert len(walked) > 100
    for url in walked:
        shown = body_of(browser, url)
        assert not given_away(hidden, shown), url
    heard = Notice.objects.filter(person=team.members.get().person)
    assert heard.exists()
    assert not [notice for notice in heard if given_away(hidden, str(notice.params))]


@pytest.mark.parametrize(
    "page",
    [
        "/challenges/{}/leaderboard",
        "/challenges/{}/submit",
        "/api/v1/challenges/{}/submissions",
        "/api/v1/challenges/{}/leaderboard",
        "/api/v1/challenges/{}/leaderboard.csv",
    ],
)
def test_the_walk_would_notice_a_private_score(page: str) -> None:
    challenge = making.closed(1)
    browser = client_of(challenge.teams.get().members.get().person)
    shown = body_of(browser, page.format(challenge.slug))
    assert given_away(private_scores(challenge), shown)
