"""The host's pages with a browser: from nothing to a declared result; and who is not let in."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dure.engines.scoring.metrics import METRICS
from dure.foundation import clock, leases
from dure.foundation.access import Role
from dure.problems.actions import winners
from dure.problems.actions.rescores import Progress
from dure.problems.models import Award, Challenge, Evaluation
from tests.factories.people import client_of, person
from tests.factories.problems import accepted_need, csv_of, entered, numbers, submitted
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db
STEPS = (
    "data",
    "takes",
    "answers",
    "columns",
    "metric",
    "split",
    "phases",
    "rules",
    "story",
    "baselines",
    "checks",
)
AFTER = ("submissions", "versions", "winners", "results.csv", "data", "phases", "story", "baselines")


def upload(name: str, body: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def post(client: Client, url: str, data: dict[str, Any], *, status: int = 302) -> Any:
    response = client.post(url, data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response


def local(moment: Any) -> str:
    return timezone.localtime(moment, timezone.get_default_timezone()).strftime("%Y-%m-%dT%H:%M")


def test_a_host_prepares_opens_and_runs_a_challenge_on_the_pages() -> None:
    problem = accepted_need()
    host = problem.curator
    assert host is not None
    browser = client_of(host)
    assert browser.get(f"/problems/{problem.uid}/challenge").status_code == 200
    post(browser, f"/problems/{problem.uid}/challenge", {"slug": "hard-steel"})
    page = "/challenges/hard-steel/manage"
    train, test, sample, answers = making.columns()
    for part, body in (("train", train), ("test", test), ("sample", sample)):
        data = {"action": "add", "part": part, "file": upload(f"{part}.csv", body)}
        post(browser, f"{page}/data", data)
    post(browser, f"{page}/data", {"action": "licence", "licence": "CC BY 4.0", "attribution": "Kim"})
    post(browser, f"{page}/answers", {"file": upload("broken.csv", b'id,value\n"1,2\n')}, status=422)
    post(browser, f"{page}/answers", {"file": upload("answers.csv", answers)})
    shown = browser.get(f"{page}/columns")
    schema = shown.context["schema"]
    needed = {role.name for metric in METRICS.values() for role in (*metric.prediction, *metric.truth)}
    assert {word.partition(":")[0] for word, _ in shown.context["uses"]} == needed
    typed = typed_in(schema)
    post(browser, f"{page}/columns", typed | {"columns-0-lowest": "much", "truth-0-role": "?"}, status=422)
    post(browser, f"{page}/columns", typed | {"columns-0-lowest": "-1000"})
    keys = {choice.key for choice in browser.get(f"{page}/metric").context["choices"]}
    assert {"rmse", "mae", "r2"} <= keys
    assert "detection_map" not in keys
    post(browser, f"{page}/metric", {"metric": "rmse", "target": "a lot"}, status=422)
    post(browser, f"{page}/metric", {"metric": "rmse", "target": "2.5"})
    post(browser, f"{page}/metric", {"metric": "rmse", "target": "2.5", "second_metric": "mae"})
    seen = browser.get(f"{page}/split/preview", {"mode": "rows", "column": "", "share": "0.5"})
    assert "60" in seen.content.decode()
    post(browser, f"{page}/split", {"mode": "rows", "column": "", "share": "0.5"})
    start = clock.now() - timedelta(hours=1)
    phase = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-starts_at": local(start),
        "form-0-ends_at": local(start - timedelta(days=1)),
        "form-0-per_day": "5",
        "form-0-per_phase": "50",
        "team_size": "3",
        "finals": "2",
    }
    post(browser, f"{page}/phases", phase, status=422)
    post(browser, f"{page}/phases", phase | {"form-0-ends_at": local(start + timedelta(days=20))})
    rules = {"prize_ko": "상금", "places": "1", "tie_rule": "earlier"}
    post(browser, f"{page}/rules", rules, status=422)
    post(browser, f"{page}/rules", rules | {"ladder": "on", "skills": ["model-validation", "data-quality"]})
    shown = post(
        browser,
        f"{page}/story",
        {"number": "1", "title_ko": "규칙", "body_ko": "**굵게**", "action": "preview"},
        status=200,
    )
    assert "<strong>굵게</strong>" in shown.content.decode()
    post(
        browser, f"{page}/story", {"number": "1", "title_ko": "규칙", "body_ko": "**굵게**", "action": "save"}
    )
    post(browser, f"{page}/baselines", {"action": "add", "name": "mean", "file": upload("m.csv", sample)})
    making.score_all()
    for step in STEPS:
        assert browser.get(f"{page}/{step}").status_code == 200, step
    checklist = browser.get(page)
    assert checklist.context["missing"] == []
    post(browser, f"{page}/act", {"action": "open"})
    challenge = Challenge.objects.get(slug="hard-steel")
    assert (challenge.state, challenge.problem.state) == ("open", "open")
    assert challenge.phases.get().starts_at == start.replace(second=0, microsecond=0)
    assert challenge.answers is not None
    assert challenge.answers.public_rows == 60


def typed_in(schema: dict[str, Any]) -> dict[str, Any]:
    """The columns' form as the page fills it."""
    given: dict[str, Any] = {
        "id_columns": ", ".join(schema["id_columns"]),
        "group_column": "",
        "action": "save",
    }
    for part in ("columns", "truth"):
        given[f"{part}-count"] = len(schema[part])
        for at, column in enumerate(schema[part]):
            for name in ("name", "role", "kind"):
                given[f"{part}-{at}-{name}"] = column[name]
    return given


def test_correcting_closing_and_settling_on_the_pages() -> None:
    challenge = making.with_teams(2)
    browser = client_of(making.host_of(challenge))
    page = f"/challenges/{challenge.slug}/manage"
    for name in ("", *(f"/{name}" for name in AFTER)):
        assert browser.get(page + name).status_code == 200, name
    ids, truth = numbers(200)
    body = csv_of(id=ids, value=truth + 1)
    look = {"action": "look", "note_en": "Typo."}
    post(browser, f"{page}/versions", {"action": "look", "file": upload("a.csv", body)}, status=422)
    post(browser, f"{page}/versions", look, status=422)
    seen = post(browser, f"{page}/versions", look | {"file": upload("a.csv", body)}, status=200)
    assert seen.context["correction"].difference.changed.both == 200
    post(browser, f"{page}/versions", {"action": "answers", "note_en": "Typo.", "seen": "forged"}, status=422)
    post(browser, f"{page}/versions", {"action": "answers", "note_en": "Typo.", "seen": seen.context["seen"]})
    whole = Progress(done=0, all=2)
    assert browser.get(f"{page}/versions/progress").context["progress"] == whole
    assert browser.get(f"/challenges/{challenge.slug}/leaderboard").context["rescoring"] == whole
    making.score_all()
    post(browser, f"{page}/versions", {"action": "scoring", "metric": "mae", "note_ko": "평균"})
    making.score_all()
    assert browser.get(f"{page}/versions").context["progress"] is None
    post(browser, f"{page}/act", {"action": "close"})
    making.score_all()
    post(browser, f"{page}/winners", {})
    award = Award.objects.get(challenge=challenge)
    team = client_of(award.team.members.get().person)
    assert team.get(f"/awards/{award.uid}").status_code == 200
    post(team, f"/awards/{award.uid}/act", {"action": "hand_in", "report": "words"}, status=403)
    post(team, f"/awards/{award.uid}/act", {"action": "add", "file": upload("code.zip", b"zip")})
    post(team, f"/awards/{award.uid}/act", {"action": "hand_in", "report": "Run make."})
    file = award.files.get()
    download = browser.get(f"/awards/{award.uid}/files/{file.uid}")
    assert b"".join(download.streaming_content) == b"zip"  # type: ignore[attr-defined]  # a file response
    post(browser, f"/awards/{award.uid}/act", {"action": "accept", "reproduced": "on"})
    assert browser.get(f"{page}/winners").context["settled"]
    post(browser, f"{page}/act", {"action": "finish"})
    assert making.fresh(challenge).state == "finished"
    assert browser.get(f"{page}/winners").context["results"]
    told = browser.get(f"/challenges/{challenge.slug}/story")
    titles = [entry.title for entry in told.context["entries"]]
    assert len(titles) >= 9


def test_only_hosts_get_in_and_a_hidden_draft_does_not_exist() -> None:
    open_one = making.with_teams(1)
    draft, _host = making.prepared()
    member = open_one.teams.get().members.get().person
    for client in (client_of(member), client_of(person()), Client()):
        for name in ("", *(f"/{name}" for name in (*STEPS, *AFTER))):
            assert client.get(f"/challenges/{open_one.slug}/manage{name}").status_code == 403
            assert client.get(f"/challenges/{draft.slug}/manage{name}").status_code == 404
        assert client.post(f"/challenges/{open_one.slug}/manage/act", {"action": "close"}).status_code == 403
        uid = open_one.submissions.get().uid
        assert client.get(f"/challenges/{open_one.slug}/manage/submissions/{uid}").status_code == 403
        assert client.get("/problems/queue").status_code == 403
        assert client.post("/problems/queue/again", {}).status_code == 403
    assert making.fresh(open_one).state == "open"


def test_an_award_is_for_its_team_and_the_hosts() -> None:
    challenge = making.closed(2)
    (award,) = winners.ask(by=making.host_of(challenge), challenge=challenge)
    rival = challenge.teams.get(name="team 1").members.get().person
    for client in (client_of(rival), client_of(person()), Client()):
        assert client.get(f"/awards/{award.uid}").status_code == 404
        assert client.post(f"/awards/{award.uid}/act", {"action": "accept"}).status_code == 404


def test_operators_put_what_failed_through_our_fault_back() -> None:
    challenge = making.with_teams(1)
    late = submitted(entered(challenge, name="unlucky"))
    for _ in range(leases.MAX_ATTEMPTS):
        (claimed,) = leases.claim(kind="evaluation", worker="broken")
        leases.lose(claimed)
    assert late.evaluations.get().state == Evaluation.State.FAILED_PLATFORM
    operator = client_of(person(roles=[Role.OPERATOR]))
    shown = operator.get("/problems/queue")
    assert [row.submission_id for row in shown.context["page"].object_list] == [late.pk]
    assert operator.post("/problems/queue/again", {"uid": "nonsense"}).status_code == 404
    post(operator, "/problems/queue/again", {"uid": str(late.evaluations.get().uid)})
    making.score_all()
    assert late.evaluations.get().state == Evaluation.State.DONE
    assert client_of(person(roles=[Role.SECRETARIAT])).get("/problems/queue?part=1").status_code == 200


def test_cells_of_the_export_start_no_formula() -> None:
    challenge = making.with_teams(1)
    entered(challenge, name="=cmd|'/c calc'!A1")
    submitted(challenge.teams.get(name__startswith="=cmd"))
    body = client_of(making.host_of(challenge)).get(f"/challenges/{challenge.slug}/manage/results.csv")
    assert b",=cmd" not in body.content
    assert b"'=cmd" in body.content
    assert io.StringIO(body.content.decode("utf-8-sig")).readline().startswith("submission,team")
