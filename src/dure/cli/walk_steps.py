"""The steps of the main job as clients do them: a stranger, two talents, and what each may see."""

import hashlib
import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx

from dure.cli.walking import Context, StepError, expect
from dure.cli.words import either

CHALLENGE = "concrete-strength"
PATIENCE_S = 90.0
MOST_PLAYERS = 15
"""Who signs in to find two without a team; the demo has many more people."""


def front_page(client: httpx.Client, _context: Context) -> None:
    """A stranger's first page answers in both languages."""
    for language, word in (("ko", "두레"), ("en", "Dure")):
        page = expect(client.get("/", headers={"Accept-Language": language})).text
        if word not in page or f'lang="{language}"' not in page:
            raise StepError(
                either(f"the front page is not in {language}", f"첫 화면의 언어가 다릅니다: {language}")
            )


def health(client: httpx.Client, _context: Context) -> None:
    expect(client.get("/health"))


def demo_is_open(client: httpx.Client, _context: Context) -> None:
    """Three problems with data are open, and their baselines have been scored."""

    def scored() -> bool:
        boards = [client.get(f"/api/v1/challenges/{slug}/leaderboard").json() for slug in _slugs(client)]
        return len(boards) >= 3 and all(any(row["baseline"] for row in board["rows"]) for board in boards)

    wait_until(scored, "the demo's baselines have no scores")


def _slugs(client: httpx.Client) -> list[str]:
    return [item["slug"] for item in expect(client.get("/api/v1/challenges")).json()["items"]]


def talents_enter(client: httpx.Client, context: Context) -> None:
    """Two talents sign in by one-time links; a used link lets nobody in."""
    links = _links("Player", "--all")[:MOST_PLAYERS]
    context.facts["players"] = [signed_in(context, path) for path in links]
    again = client.post(links[0], data=_csrf(client, links[0]), headers={"Referer": context.url})
    if again.status_code < 400:
        raise StepError(
            either(f"a used link answered {again.status_code}", f"이미 쓴 링크의 답: {again.status_code}")
        )


def link_of(role: str) -> str:
    """A fresh one-time link for the demo's person of this role."""
    return _links(role)[0]


def _links(role: str, *options: str) -> list[str]:
    command = [sys.executable, "-m", "dure.cli", "manage", "demo_links", *options]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [entry["path"] for entry in map(json.loads, lines) if entry["role_en"] == role]


def signed_in(context: Context, path: str) -> httpx.Client:
    """A browser's worth of cookies, after the button behind a one-time link and a yes to the terms of use."""
    headers = {"Accept-Language": "en", "Referer": context.url}
    client = httpx.Client(base_url=context.url, timeout=60, headers=headers)
    expect(client.post(path, data=_csrf(client, path)), 302)
    boxes = re.findall(r'name="(agree-\d+)"', client.get("/me/consents").text)
    if boxes:
        client.post("/me/consents", data=_csrf(client, "/me/consents") | dict.fromkeys(boxes, "on"))
    return client


def _csrf(client: httpx.Client, path: str) -> dict[str, Any]:
    """The form's token, as a browser would send it."""
    client.get(path)
    return {"csrfmiddlewaretoken": client.cookies.get("csrftoken", "")}


def api_headers(client: httpx.Client) -> dict[str, str]:
    return {"X-CSRFToken": str(client.cookies.get("csrftoken") or "")}


def talents_get_the_data(_client: httpx.Client, context: Context) -> None:
    """Two who are in no team yet take part and download every file; each has the hash the platform names."""
    path = f"/api/v1/challenges/{CHALLENGE}"
    talents: list[httpx.Client] = []
    for player in context.facts["players"]:
        if len(talents) < 2 and _enters(player, path, f"walk {len(talents) + 1}"):
            talents.append(player)
    if len(talents) < 2:
        raise StepError(either("there are no two people without a team", "팀이 없는 사람이 둘이 안 됩니다"))
    context.facts |= {"talents": talents, "teams": ["walk 1", "walk 2"]}
    for file in expect(talents[0].get(path)).json()["files"]:
        content = expect(talents[0].get(file["url"])).content
        if hashlib.sha256(content).hexdigest() != file["sha256"]:
            raise StepError(
                either(
                    f"{file['filename']} has another hash than the page says",
                    f"페이지에 적힌 것과 해시가 다릅니다: {file['filename']}",
                )
            )
        context.facts[file["part"]] = content


def _enters(player: httpx.Client, path: str, name: str) -> bool:
    """Say yes to the terms and take part; False for somebody who is in a team already."""
    expect(player.post(f"{path}/terms", headers=api_headers(player)))
    team = expect(player.post(f"{path}/team", json={"name": name}, headers=api_headers(player))).json()
    return bool(team["name"] == name)


def bad_files_are_refused(_client: httpx.Client, context: Context) -> None:
    """Wrong, hostile and empty files are refused with every fault, and cost no quota."""
    talent = context.facts["talents"][0]
    lines = context.facts["sample"].decode().splitlines()
    wrong = "\n".join([lines[0], lines[1].split(",")[0] + ",many", "stranger,1", *lines[3:]])
    for name, content in (
        ("wrong.csv", wrong.encode()),
        ("noise.zip", b"PK\x03\x04" + bytes(200)),
        ("empty.csv", b""),
    ):
        refused = expect(submit(talent, CHALLENGE, name, content), 422).json()
        if not refused["faults"]:
            raise StepError(
                either(f"{name} was refused without saying why", f"까닭 없이 거절되었습니다: {name}")
            )
    if len(expect(submit(talent, CHALLENGE, "wrong.csv", wrong.encode()), 422).json()["faults"]) < 3:
        raise StepError(
            either("not every fault of the wrong file was named", "틀린 파일의 잘못이 모두 나오지 않았습니다")
        )
    if expect(talent.get(f"/api/v1/challenges/{CHALLENGE}/submissions")).json()["count"]:
        raise StepError(either("a refused file was counted", "거절된 파일이 횟수에 들었습니다"))


def submit(talent: httpx.Client, slug: str, name: str, content: bytes) -> httpx.Response:
    path = f"/api/v1/challenges/{slug}/submissions"
    return talent.post(path, files={"file": (name, io.BytesIO(content))}, headers=api_headers(talent))


def good_files_are_scored(_client: httpx.Client, context: Context) -> None:
    """Two teams hand in; each result arrives without anybody doing anything."""
    for number, talent in enumerate(context.facts["talents"]):
        lines = context.facts["sample"].decode().splitlines()
        body = "\n".join([lines[0], *(f"{line.split(',')[0]},{35 + number}" for line in lines[1:])])
        made = expect(submit(talent, CHALLENGE, "predictions.csv", body.encode()), 201).json()
        context.facts.setdefault("submissions", []).append(made["uid"])
        wait_until(is_scored(talent, made["uid"]), "the submission has no score")


def is_scored(talent: httpx.Client, uid: str) -> Callable[[], bool]:
    return lambda: expect(talent.get(f"/api/v1/submissions/{uid}")).json()["state"] == "done"


def the_board_tells_the_truth(client: httpx.Client, context: Context) -> None:
    """Both teams are on the board with intervals; nobody sees private scores or another team's file before the close."""

    def both_are_there() -> bool:
        rows = client.get(f"/api/v1/challenges/{CHALLENGE}/leaderboard").json()["rows"]
        found = [row for row in rows if row["name"] in context.facts["teams"]]
        return len(found) == 2 and all(row["low"] <= row["score"] <= row["high"] for row in found)

    wait_until(both_are_there, "the teams are not on the board")
    first, second = context.facts["talents"]
    mine = expect(first.get(f"/api/v1/submissions/{context.facts['submissions'][0]}")).json()
    if mine["private"] is not None:
        raise StepError(
            either("a private score is shown before the close", "마감 전에 비공개 점수가 보입니다")
        )
    expect(second.get(f"/api/v1/submissions/{context.facts['submissions'][0]}"), 404)
    expect(client.get(f"/challenges/{CHALLENGE}/leaderboard"))


def wait_until(done: Callable[[], bool], complaint: str) -> None:
    """Ask again and again until it is so; StepError after `PATIENCE_S`."""
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        if time.monotonic() > deadline:
            raise StepError(complaint)
        time.sleep(0.2)
