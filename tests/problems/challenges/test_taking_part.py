"""Taking part over pages and REST: what the one can do, the other can."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.foundation import workflow
from dure.problems.models import Challenge, Submission, Team
from dure.problems.scoring import process
from tests.factories.people import client_of, member, organisation, person
from tests.factories.problems import (
    csv_of,
    entered,
    numbers,
    open_challenge,
    predictions,
    prepared_challenge,
    submitted,
)

pytestmark = pytest.mark.django_db
TABS = ("", "/data", "/leaderboard", "/submit", "/team")


def upload(content: bytes, name: str = "predictions.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_tab_answers_strangers_and_people_in_both_languages(tab: str, language: str) -> None:
    challenge = open_challenge()
    team = entered(challenge)
    submitted(team)
    process.Scorer(name="test").run(until_empty=True)
    for client in (Client(), client_of(team.members.get().person)):
        client.cookies["dure_language"] = language
        assert client.get(f"/challenges/{challenge.slug}{tab}").status_code == 200


@pytest.mark.parametrize("tab", TABS)
def test_a_challenge_in_preparation_does_not_exist_for_others(tab: str) -> None:
    challenge = prepared_challenge()
    assert client_of(person()).get(f"/challenges/{challenge.slug}{tab}").status_code == 404
    assert client_of(person()).get(f"/api/v1/challenges/{challenge.slug}").status_code == 404


def test_a_person_enters_hands_in_and_reads_the_board_on_pages() -> None:
    challenge = open_challenge()
    mine = person()
    client = client_of(mine)
    client.post(f"/challenges/{challenge.slug}/enter", {"name": "두레꾼"})
    assert Team.objects.get().name == "두레꾼"
    page = client.post(
        f"/challenges/{challenge.slug}/submit", {"file": upload(predictions(challenge)), "note": "first"}
    )
    assert page.status_code == 302
    process.Scorer(name="test").run(until_empty=True)
    assert "두레꾼" in client.get(f"/challenges/{challenge.slug}/leaderboard").content.decode()
    assert "first" in client.get(f"/challenges/{challenge.slug}/submit").content.decode()


def test_a_faulty_file_shows_every_fault_and_counts_nothing() -> None:
    challenge = open_challenge(rows=20)
    client = client_of(entered(challenge).members.get().person)
    ids, truth = numbers(20)
    body = csv_of(id=["x", *ids[1:]], value=["NaN", *[str(value) for value in truth[1:]]])
    page = client.post(f"/challenges/{challenge.slug}/submit", {"file": upload(body)})
    assert page.status_code == 422
    text = page.content.decode()
    assert "x" in text
    assert text.count("<li>") >= 2
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("empty.csv", b""),
        ("noise.csv", bytes(range(256)) * 40),
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("wide.csv", b"id," + b",".join(b"c%d" % n for n in range(5000)) + b"\n1" + b",1" * 5000),
    ],
)
def test_hostile_files_are_refused_with_words(name: str, body: bytes) -> None:
    challenge = open_challenge(rows=20)
    client = client_of(entered(challenge).members.get().person)
    page = client.post(f"/challenges/{challenge.slug}/submit", {"file": upload(body, name)})
    assert page.status_code == 422
    assert b"<script>alert" not in page.content


def api(client: Client, method: str, path: str, **data: Any) -> Any:
    return getattr(client, method)(f"/api/v1{path}", **data)


def test_rest_does_what_the_pages_do() -> None:
    challenge = open_challenge()
    client = client_of(person())
    assert api(client, "get", "/challenges").json()["count"] == 1
    shown = api(client, "get", f"/challenges/{challenge.slug}").json()
    (file,) = shown["files"]
    assert b"".join(client.get(file["url"]).streaming_content).startswith(b"id,x")  # type: ignore[attr-defined]  # a FileResponse
    team = api(
        client,
        "post",
        f"/challenges/{challenge.slug}/team",
        data={"name": "api"},
        content_type="application/json",
    )
    assert team.json()["name"] == "api"
    made = api(
        client,
        "post",
        f"/challenges/{challenge.slug}/submissions",
        data={"file": upload(predictions(challenge)), "note": "n"},
    )
    assert made.status_code == 201, made.content
    assert made.json()["state"] == "queued"
    assert made.json()["ahead"] == 0
    process.Scorer(name="test").run(until_empty=True)
    done = api(client, "get", f"/submissions/{made.json()['uid']}").json()
    assert (done["state"], done["private"]) == ("done", None)
    board = api(client, "get", f"/challenges/{challenge.slug}/leaderboard").json()
    assert [row["name"] for row in board["rows"]] == ["api"]
    assert "api" in api(client, "get", f"/challenges/{challenge.slug}/leaderboard.csv").content.decode()


def test_a_key_stands_for_one_file_and_another_file_with_it_is_refused() -> None:
    challenge = open_challenge(rows=20)
    client = client_of(entered(challenge).members.get().person)

    def send(body: bytes) -> Any:
        path, headers = f"/challenges/{challenge.slug}/submissions", {"idempotency-key": "mine"}
        return api(client, "post", path, data={"file": upload(body)}, headers=headers)

    first, again = send(predictions(challenge)), send(predictions(challenge))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["uid"] == again.json()["uid"]
    other = send(predictions(challenge, seed=1))
    assert (other.status_code, other.json()["code"]) == (409, "key_taken")
    assert challenge.submissions.count() == 1


def test_rest_lists_every_fault_with_its_place() -> None:
    challenge = open_challenge(rows=20)
    client = client_of(entered(challenge).members.get().person)
    answer = api(
        client,
        "post",
        f"/challenges/{challenge.slug}/submissions",
        data={"file": upload(b"id,value\nr0,1\nr0,2\n")},
    )
    assert answer.status_code == 422
    codes = [fault["code"] for fault in answer.json()["faults"]]
    assert {"id_missing", "id_duplicate"} <= set(codes)


def test_another_teams_submission_does_not_exist() -> None:
    challenge = open_challenge()
    submission = submitted(entered(challenge))
    stranger = client_of(entered(challenge, name="other").members.get().person)
    assert api(stranger, "get", f"/submissions/{submission.uid}").status_code == 404
    assert api(stranger, "post", f"/submissions/{submission.uid}/cancel").status_code == 404
    assert stranger.post(f"/submissions/{submission.uid}", {"action": "cancel"}).status_code == 404


def test_the_host_cannot_compete() -> None:
    challenge = open_challenge()
    host = challenge.problem.curator
    assert host is not None
    answer = api(
        client_of(host),
        "post",
        f"/challenges/{challenge.slug}/team",
        data={"name": "x"},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "host")


def test_after_the_close_nothing_is_taken_and_private_scores_show() -> None:
    challenge = open_challenge()
    team = entered(challenge)
    submission = submitted(team)
    process.Scorer(name="test").run(until_empty=True)
    host = challenge.problem.curator
    assert host is not None
    workflow.perform(Challenge.objects.get(), "close", by=host)
    client = client_of(team.members.get().person)
    answer = api(
        client,
        "post",
        f"/challenges/{challenge.slug}/submissions",
        data={"file": upload(predictions(challenge))},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_open")
    assert api(client, "get", f"/submissions/{submission.uid}").json()["private"] is not None
    assert api(client, "get", f"/challenges/{challenge.slug}/leaderboard").json()["view"] == "private"


def test_a_team_invites_joins_and_leaves() -> None:
    challenge = open_challenge()
    team = entered(challenge, name="the team")
    lead, guest = team.members.get().person, person()
    client_of(lead).post(f"/challenges/{challenge.slug}/team/invite", {"email": guest.email})
    invitation = team.invitations.get()
    assert "the team" in client_of(guest).get(f"/challenges/{challenge.slug}/team").content.decode()
    assert (
        client_of(person()).post(f"/team-invitations/{invitation.uid}", {"answer": "accept"}).status_code
        == 404
    )
    client_of(guest).post(f"/team-invitations/{invitation.uid}", {"answer": "accept"})
    assert team.members.filter(left_at=None).count() == 2
    client_of(lead).post(f"/challenges/{challenge.slug}/team/leave")
    assert team.members.get(left_at=None).is_lead


def test_a_file_of_more_bytes_than_allowed_is_refused(settings: Any) -> None:
    challenge = open_challenge(rows=20)
    settings.UPLOAD_LIMIT = 100
    client = client_of(entered(challenge).members.get().person)
    answer = api(
        client, "post", f"/challenges/{challenge.slug}/submissions", data={"file": io.BytesIO(b"x" * 101)}
    )
    assert (answer.status_code, answer.json()["faults"][0]["code"]) == (422, "file_too_large")


def test_a_team_stands_for_an_organisation_only_if_its_person_belongs_there() -> None:
    challenge, home, other = open_challenge(), organisation(), organisation()
    mine, guest = person(), person()
    member(mine, home)
    member(guest, home)
    path = f"/challenges/{challenge.slug}/enter"
    client_of(mine).post(path, {"name": "ours", "organisation": str(home.uid)})
    client_of(guest).post(path, {"name": "pretender", "organisation": str(other.uid)})
    assert Team.objects.get(name="ours").organisation == home
    assert Team.objects.get(name="pretender").organisation is None


def test_the_secretariat_sees_challenges_in_preparation_and_every_submission() -> None:
    secretary = person(roles=["secretariat"])
    draft, running = prepared_challenge(), open_challenge()
    submission = submitted(entered(running))
    assert set(Challenge.objects.visible_to(secretary)) == {draft, running}
    assert list(Submission.objects.visible_to(secretary)) == [submission]


def test_the_list_of_files_is_a_part_of_its_page() -> None:
    team = entered(open_challenge())
    client, path = client_of(team.members.get().person), f"/challenges/{team.challenge.slug}/submissions"
    opened = client.get(path)
    assert (opened.status_code, opened.headers["Location"]) == (302, path.replace("submissions", "submit"))
    assert 'id="submissions"' in client.get(path, headers={"HX-Request": "true"}).content.decode()
