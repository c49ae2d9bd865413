"""The other half of the main job: a company posts a need, the secretariat accepts it, a host opens it, closes it and declares."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from dure.cli.walk_steps import api_headers, is_scored, link_of, signed_in, submit, wait_until
from dure.cli.walking import Context, StepError, expect
from dure.cli.words import either
from dure.problems.demo import catalogue

SLUG = "walked"
MANAGE = f"/api/v1/challenges/{SLUG}/manage"
NEED = {
    "hurts_ko": "28일을 기다려야 강도를 압니다.",
    "cost_ko": "새 배합 하나에 한 달이 걸립니다.",
    "data_ko": "배합과 강도 기록이 있습니다.",
    "worth_ko": "시험 비용이 줄어듭니다.",
    "contact": "walk@nuri.example",
    "sensitivity": "public",
    "industry": "manufacturing",
}


def need_is_posted(_client: httpx.Client, context: Context) -> None:
    """A company newcomer writes a need in Korean and posts it; nobody else sees the draft."""
    owner = context.facts["owner"] = signed_in(context, link_of("Problem owner"))
    began = {"organisation": "nuri-manufacturing", "title": "점검: 콘크리트 강도를 미리 알고 싶습니다"}
    need = _post(owner, "/api/v1/problems", began, 201)
    context.facts["need"] = f"/api/v1/problems/{need['uid']}"
    expect(context.facts["talents"][0].get(context.facts["need"]), 404)
    expect(owner.patch(context.facts["need"], json=NEED, headers=api_headers(owner)))
    _post(owner, f"{context.facts['need']}/act", {"action": "post"})


def need_is_accepted(_client: httpx.Client, context: Context) -> None:
    """The secretariat chooses route, curator and audience."""
    office = signed_in(context, link_of("Secretariat"))
    host = context.facts["host"] = signed_in(context, link_of("Challenge host"))
    curator = expect(host.get("/api/v1/me")).json()["uid"]
    accepted = {"action": "accept", "route": "challenge", "curator": curator, "audience": "public"}
    _post(office, f"{context.facts['need']}/act", accepted)


def challenge_is_opened(_client: httpx.Client, context: Context) -> None:
    """The host brings real data and hidden answers, chooses the metric, has the leaks checked and opens."""
    host, content = context.facts["host"], catalogue.load("concrete-strength")
    _post(host, f"{context.facts['need']}/challenge", {"slug": SLUG}, 201)
    for file in content.files:
        _upload(host, "files", file.path.read_bytes(), filename=file.path.name, part=file.part)
    _put(host, "licence", {"licence": content.licence, "attribution": content.attribution})
    _upload(host, "answers", content.answers.read_bytes(), filename="answers.csv")
    guessed = expect(
        host.get(f"{MANAGE}/columns/guess", params={"group_column": content.split.column})
    ).json()
    _put(host, "columns", guessed)
    _put(host, "metric", {"metric": "rmse", "target": 5.0})
    _put(host, "split", {"mode": "group", "column": content.split.column, "share": 0.3})
    start = datetime.now(UTC)  # noqa: TID251 - a client has its own clock
    _put(
        host, "phases", [{"starts_at": start.isoformat(), "ends_at": (start + timedelta(days=9)).isoformat()}]
    )
    _open_after_checks(host, context)


def _open_after_checks(host: httpx.Client, context: Context) -> None:
    _post(host, f"{MANAGE}/checks", {})
    wait_until(
        lambda: _checks(host)["state"] not in {"never", "stale"} and not _checks(host)["running"],
        "no leak checks ran",
    )
    if _checks(host)["state"] == "stops":
        _post(host, f"{MANAGE}/checks/reason", {"reason": "Practice data: the answers are public."})
    opened = _post(host, f"{MANAGE}/moves", {"action": "open"})
    context.facts["schema"] = opened["columns"]
    if opened["state"] != "open":
        raise StepError(either(f"the challenge is {opened['state']}", f"챌린지의 상태: {opened['state']}"))


def _checks(host: httpx.Client) -> dict[str, Any]:
    return dict(expect(host.get(f"{MANAGE}/checks")).json())


def two_teams_hand_in(_client: httpx.Client, context: Context) -> None:
    """Two people take part in it and are scored."""
    content = catalogue.load("concrete-strength")
    for talent, team in zip(context.facts["talents"], content.teams, strict=False):
        expect(talent.post(f"/api/v1/challenges/{SLUG}/terms", headers=api_headers(talent)))
        _post(talent, f"/api/v1/challenges/{SLUG}/team", {"name": team.name})
        made = expect(
            submit(talent, SLUG, "predictions.csv", team.submissions[0].path.read_bytes()), 201
        ).json()
        wait_until(is_scored(talent, made["uid"]), "the submission has no score")


def answers_are_corrected(client: httpx.Client, context: Context) -> None:
    """New answers score everything again under a version the board names."""
    host, content = context.facts["host"], catalogue.load("concrete-strength")
    files = {"file": ("answers.csv", content.answers.read_bytes())}
    words = {"note_ko": "다시 확인했습니다.", "note_en": "Checked again."}
    expect(host.post(f"{MANAGE}/versions/answers", files=files, data=words, headers=api_headers(host)), 201)

    def rescored() -> bool:
        board = expect(client.get(f"/api/v1/challenges/{SLUG}/leaderboard")).json()
        return board["answers_version"] == 2 and len(board["rows"]) == 2

    wait_until(rescored, "not everything was scored again")


def result_is_declared(client: httpx.Client, context: Context) -> None:
    """Closed, the winner hands in code and report, the host accepts, and every participant has a result record."""
    host = context.facts["host"]
    _post(host, f"{MANAGE}/moves", {"action": "close"})
    wait_until(lambda: _final_rows(client) == 2, "there is no final board")
    for award in _awards(host):
        _hand_over(context, award["uid"])
        _post(host, f"/api/v1/awards/{award['uid']}/moves", {"action": "accept"})
    finished = _post(host, f"{MANAGE}/moves", {"action": "finish"})
    records = expect(host.get(f"{MANAGE}/results")).json()["items"]
    if finished["state"] != "finished" or len(records) < 2:
        raise StepError(
            either(
                f"{finished['state']} with {len(records)} result records",
                f"상태 {finished['state']}, 결과 기록 {len(records)}건",
            )
        )


def _awards(host: httpx.Client) -> list[dict[str, Any]]:
    """The final board may be computed once more behind the first; until then the answer is to wait."""
    found: list[dict[str, Any]] = []

    def proposed() -> bool:
        answer = host.post(f"{MANAGE}/awards", json={}, headers=api_headers(host))
        if answer.status_code == 403 and answer.json()["code"] == "scoring":
            return False
        found.extend(expect(answer, 201).json())
        return True

    wait_until(proposed, "the final board is never done")
    return found


def _final_rows(client: httpx.Client) -> int:
    board = expect(client.get(f"/api/v1/challenges/{SLUG}/leaderboard")).json()
    return len(board["rows"]) if board["view"] == "private" else 0


def _hand_over(context: Context, award: str) -> None:
    """Whoever of the talents won hands in code and a report; for the other the award does not exist."""
    for talent in context.facts["talents"]:
        files = {"file": ("code.zip", b"PK\x05\x06" + bytes(18))}
        if (
            talent.post(f"/api/v1/awards/{award}/files", files=files, headers=api_headers(talent)).status_code
            == 201
        ):
            _post(talent, f"/api/v1/awards/{award}/report", {"report": "Run make."})
            return
    raise StepError(
        either("nobody could hand in for the award", "수상 후보 가운데 코드를 낼 수 있는 사람이 없습니다")
    )


def _post(who: httpx.Client, path: str, body: Any, status: int = 200) -> Any:
    return expect(who.post(path, json=body, headers=api_headers(who)), status).json()


def _put(host: httpx.Client, part: str, body: Any) -> None:
    expect(host.put(f"{MANAGE}/{part}", json=body, headers=api_headers(host)))


def _upload(host: httpx.Client, where: str, content: bytes, *, filename: str, **fields: str) -> None:
    expect(
        host.post(
            f"{MANAGE}/{where}", files={"file": (filename, content)}, data=fields, headers=api_headers(host)
        )
    )
