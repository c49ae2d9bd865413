"""Hosting over REST: the whole path with a token, faults with their places, and who is refused."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.foundation import clock
from dure.foundation.access import Role
from dure.people.actions import tokens
from dure.people.models import Person
from dure.problems.models import Challenge
from tests.factories.people import client_of, person
from tests.factories.problems import accepted_need, csv_of, numbers
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db
API = "/api/v1"


class Caller:
    """A program with a token of these scopes."""

    def __init__(self, someone: Person, *scopes: str) -> None:
        plain = tokens.create_token(someone, name="script", scopes=scopes, days=3).plain
        self.client = Client(headers={"authorization": f"Bearer {plain}"})

    def call(self, method: str, url: str, body: Any = None, *, status: int = 200) -> Any:
        send = getattr(self.client, method)
        response = (
            send(API + url)
            if body is None
            else send(API + url, json.dumps(body, default=str), content_type="application/json")
        )
        assert response.status_code == status, response.content.decode()[:2000]
        return response.json()

    def upload(self, url: str, content: bytes, *, status: int = 200, **fields: str) -> Any:
        file = SimpleUploadedFile(fields.pop("filename", "file.csv"), content)
        response = self.client.post(API + url, {"file": file, **fields})
        assert response.status_code == status, response.content.decode()[:2000]
        return response.json()


def test_a_challenge_is_prepared_opened_and_corrected_by_a_program() -> None:
    problem = accepted_need()
    host = problem.curator
    assert host is not None
    script = Caller(host, "host")
    script.call("post", f"/problems/{problem.uid}/challenge", {"slug": "BAD slug"}, status=422)
    script.call("post", f"/problems/{problem.uid}/challenge", {"slug": "by-rest"}, status=201)
    here = "/challenges/by-rest/manage"
    train, test, sample, answers = making.columns()
    for part, body in (("train", train), ("test", test), ("sample", sample)):
        script.upload(f"{here}/files", body, part=part, filename=f"{part}.csv")
    script.call("put", f"{here}/licence", {"licence": "CC BY 4.0"})
    assert script.upload(f"{here}/answers", answers)["rows"] == 120
    schema = script.call("get", f"{here}/columns/guess")
    bad = {**schema, "columns": [{**schema["columns"][0], "lowest": 5, "highest": 1}], "truth": [{"name": 3}]}
    faults = script.call("put", f"{here}/columns", bad, status=422)["faults"]
    assert {fault["place"] for fault in faults} >= {"columns[0].lowest", "truth[0].name"}
    script.call("put", f"{here}/columns", schema)
    assert "rmse" in {one["key"] for one in script.call("get", f"{here}/metrics")}
    script.call("put", f"{here}/metric", {"metric": "rmse", "second_metric": "mae", "target": 3})
    assert script.call("get", f"{here}/split/preview?share=0.5")["public_rows"] == 60
    script.call("put", f"{here}/split", {"mode": "rows", "share": 0.5})
    start = clock.now()
    phase = {"starts_at": start, "ends_at": start + timedelta(days=9), "per_day": 3, "per_phase": 30}
    script.call("put", f"{here}/phases", [phase])
    script.call("put", f"{here}/limits", {"team_size": 4, "finals": 1})
    script.call("put", f"{here}/rules", {"tie_rule": "second_metric", "ladder": False}, status=403)
    wrong = {"skills": ["no-such-skill", *["model-validation"] * 6]}
    faults = script.call("put", f"{here}/rules", wrong, status=422)["faults"]
    assert {one["code"] for one in faults} == {
        "challenge_skill_unknown",
        "challenge_too_many_skills",
        "challenge_skill_twice",
    }
    rules = {"tie_rule": "second_metric", "prize_en": "A visit", "skills": ["model-validation"]}
    assert script.call("put", f"{here}/rules", rules)["skills"] == ["model-validation"]
    script.call("put", f"{here}/pages/1", {"title_en": "Rules", "body_en": "Be fair."})
    made = script.upload(f"{here}/baselines", sample, status=201, name="constant")
    refused = script.call("post", f"{here}/moves", {"action": "open"}, status=403)
    assert refused["code"] == "not_ready"
    making.score_all()
    checks = script.call("get", f"{here}/checks")
    assert checks["state"] == "clear"
    assert script.call("get", f"{here}/submissions")["items"][0]["uid"] == made["submission"]
    opened = script.call("post", f"{here}/moves", {"action": "open"})
    assert (opened["state"], opened["team_size"], opened["tie_rule"]) == ("open", 4, "second_metric")
    assert all(step["done"] for step in opened["steps"])
    assert script.call("get", "/challenges/by-rest")["skills"] == ["model-validation"]
    assert "/skills/model-validation" in client_of(host).get("/challenges/by-rest").content.decode()
    again = script.upload(f"{here}/versions/answers", answers, status=201, note_en="Checked again.")
    assert (again["rescored"], again["of"]) == (0, 1)
    making.score_all()
    script.call("post", f"{here}/versions/scoring", {"metric": "mae", "note_en": "Simpler."}, status=201)
    making.score_all()
    assert script.call("get", f"{here}/versions")["rescored"] is None
    assert len(script.call("get", "/challenges/by-rest/story")) >= 5


def test_leaks_are_told_and_answered_for() -> None:
    challenge, host = making.prepared(leak=True)
    script = Caller(host, "host")
    here = f"/challenges/{challenge.slug}/manage"
    making.score_all()
    checks = script.call("get", f"{here}/checks")
    stops = [one for one in checks["findings"] if one["severity"] == "stop"]
    assert checks["state"] == "stops"
    assert all(one["advice"] and one["column"] == "gauge" for one in stops)
    script.call("post", f"{here}/checks/reason", {"reason": ""}, status=403)
    assert script.call("post", f"{here}/checks/reason", {"reason": "known"})["state"] == "reasoned"
    script.call("post", f"{here}/checks")


def test_winners_are_settled_by_two_programs() -> None:
    challenge = making.closed(2)
    script = Caller(making.host_of(challenge), "host")
    here = f"/challenges/{challenge.slug}/manage"
    (award,) = script.call("post", f"{here}/awards", status=201)
    row = challenge.awards.get()
    team = Caller(row.team.members.get().person, "submit")
    team.upload(f"/awards/{award['uid']}/files", b"zip", status=201, filename="code.zip")
    team.call("post", f"/awards/{award['uid']}/moves", {"action": "accept"}, status=403)
    handed = team.call("post", f"/awards/{award['uid']}/report", {"report": "Run make."})
    assert handed["state"] == "handed"
    script.call("post", f"/awards/{award['uid']}/moves", {"action": "decline"}, status=403)
    script.call("post", f"/awards/{award['uid']}/moves", {"action": "accept", "reproduced": True})
    making.score_all()
    assert script.call("post", f"{here}/moves", {"action": "finish"})["state"] == "finished"
    records = script.call("get", f"{here}/results")["items"]
    assert [(one["rank"], one["won"]) for one in records] == [(1, True), (2, False)]
    board = team.call("get", f"/challenges/{challenge.slug}/leaderboard")
    assert [one["reproduced"] for one in board["rows"]] == [True, False]


GETS: tuple[str, ...] = (
    "",
    "/checks",
    "/metrics",
    "/columns/guess",
    "/split/preview",
    "/submissions",
    "/teams",
    "/versions",
    "/awards",
    "/results",
    "/results.csv",
)
PUTS: dict[str, Any] = {
    "licence": {"licence": "x"},
    "columns": {},
    "metric": {"metric": "rmse"},
    "split": {"mode": "rows"},
    "phases": [],
    "limits": {"team_size": 1},
    "rules": {},
    "pages/1": {"title_ko": "x"},
}


def test_participants_are_refused_everywhere_and_a_draft_does_not_exist_for_them() -> None:
    challenge = making.with_teams(1)
    draft, _host = making.prepared()
    someone = challenge.teams.get().members.get().person
    for slug, status in ((challenge.slug, 403), (draft.slug, 404)):
        for caller in (Caller(someone, "host"), Caller(person(), "admin")):
            here = f"/challenges/{slug}/manage"
            for url in GETS:
                caller.call("get", here + url, status=status)
            for name, body in PUTS.items():
                caller.call("put", f"{here}/{name}", body, status=status)
            for name in ("checks", "awards"):
                caller.call("post", f"{here}/{name}", status=status)
            caller.call("post", f"{here}/moves", {"action": "close"}, status=status)
            caller.upload(f"{here}/files", b"x", part="test", status=status)
            caller.upload(f"{here}/answers", b"x", status=status)
            caller.upload(f"{here}/baselines", b"x", name="x", status=status)
            caller.upload(f"{here}/versions/answers", b"x", note_en="x", status=status)
    assert Challenge.objects.get(pk=challenge.pk).state == "open"


def test_a_token_needs_the_scope_of_hosts() -> None:
    challenge = making.with_teams(1)
    host = making.host_of(challenge)
    weak = Caller(host, "submit")
    here = f"/challenges/{challenge.slug}/manage"
    assert weak.call("post", f"{here}/moves", {"action": "close"}, status=403)["code"] == "scope"
    weak.call("get", here)


def test_the_queue_is_for_operators() -> None:
    challenge = making.with_teams(1)
    Caller(making.host_of(challenge), "host").call("get", "/queue", status=403)
    operator = Caller(person(roles=[Role.OPERATOR]), "host")
    assert operator.call("get", "/queue")["failed_count"] == 0
    assert operator.call("post", "/queue/again", {}) == {"count": 0}
    assert client_of(person()).get(f"{API}/queue").status_code == 403


def test_faulty_answers_come_back_with_line_and_column() -> None:
    challenge = making.with_teams(1)
    script = Caller(making.host_of(challenge), "host")
    ids, truth = numbers(200)
    body = csv_of(id=ids, value=[*truth[:-1].tolist(), None])
    here = f"/challenges/{challenge.slug}/manage/versions/answers"
    faults = script.upload(here, body, status=422, note_en="x")["faults"]
    assert [(fault["code"], fault["column"]) for fault in faults] == [("answers_cell_empty", "value")]


def test_a_phase_that_ends_before_it_starts_is_named() -> None:
    challenge, host = making.prepared()
    now = clock.now()
    good = {"starts_at": now, "ends_at": now + timedelta(days=1)}
    wrong = {"starts_at": now, "ends_at": now}
    here = f"/challenges/{challenge.slug}/manage/phases"
    said = Caller(host, "host").call("put", here, [good, wrong], status=422)
    assert [(fault["code"], fault["place"]) for fault in said["faults"]] == [
        ("dates_in_wrong_order", "phases[2].ends_at")
    ]
