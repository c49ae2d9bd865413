"""Two hundred residents at once: pages, submissions, jobs and logs, on a served installation of its own.

`python -m scripts.residents --minutes 30 --residents 200` (from the checkout, with its `.venv`). Each resident looks at pages,
hands in predictions within the quota, runs small programs on the farm and reads their logs, with pauses as people make them. In the
end it waits for everything to be done and counts: errors, submissions without exactly one result, jobs that did not end. Exit
status 0 means none of any. Latencies are printed per kind of request, under load and after it.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "src")}
CHALLENGE = "concrete-strength"
PAGES = (
    "/",
    "/problems",
    f"/challenges/{CHALLENGE}",
    f"/challenges/{CHALLENGE}/leaderboard",
    "/farm",
    "/farm/jobs",
)
PROGRAM = b"""
import time

for at in range(5):
    print("step", at, flush=True)
    time.sleep(0.4)
open("/out/done.txt", "w").write("ok")
"""
PAUSE_S = 12.0
STUCK_S = 300.0
"""What has not ended when nothing else has for so long is lost. Residents ask for more than two cores do, so a line is left."""
ROUND_S = 10.0

MAKE = """
import json
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from dure.people.models import Organisation, Person
from dure.people.actions.tokens import create_token
from dure.problems.actions import teams
from dure.problems.actions.terms import accept_terms
from dure.problems.models import Challenge
from tests.factories.people import member, person
firms = list(Organisation.objects.order_by("pk")[:6])
challenge = Challenge.objects.get(slug="{challenge}")
for at in range({count}):
    someone = person()
    member(someone, firms[at % len(firms)])
    accept_terms(by=someone, problem=challenge.problem, origin="residents")
    teams.enter(by=someone, challenge=challenge, name=f"resident {{at}}")
    session = SessionStore()
    session["_auth_user_id"], session["_auth_user_hash"] = str(someone.pk), someone.get_session_auth_hash()
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    token = create_token(someone, name="residents", scopes=["submit"], days=1).plain
    print("RESIDENT", json.dumps({{"session": session.session_key, "token": token, "org": firms[at % len(firms)].slug}}))
"""


@dataclass
class Seen:
    """What happened, for the report."""

    took: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    submissions: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, str] = field(default_factory=dict)

    async def ask(self, kind: str, call: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response | None:
        """Make one request, keep its time; what nobody should see is counted as an error."""
        began = time.monotonic()
        try:
            answer = await call()
        except httpx.HTTPError as error:
            self.errors[f"{kind}: {type(error).__name__}"] += 1
            return None
        self.took.setdefault(kind, []).append(time.monotonic() - began)
        if answer.status_code >= 500 or answer.status_code in {400, 401, 404, 409, 422}:
            self.errors[f"{kind}: {answer.status_code} {answer.text[:120]}"] += 1
            return None
        return answer


class Resident:
    """One person with a browser and a token."""

    def __init__(self, client: httpx.AsyncClient, given: dict[str, str], sample: bytes, seen: Seen) -> None:
        self._client, self._seen, self._sample = client, seen, sample
        self._cookies = {"sessionid": given["session"]}
        self._token = {"Authorization": f"Bearer {given['token']}"}
        self._org = given["org"]
        self._draw = random.Random(given["token"])

    async def live(self, until: float) -> None:
        await asyncio.sleep(self._draw.uniform(0, PAUSE_S))
        while time.monotonic() < until:
            await self._draw.choices([self._look, self._hand_in, self._run], weights=[16, 2, 2])[0]()
            await asyncio.sleep(self._draw.expovariate(1 / PAUSE_S))

    async def _look(self) -> None:
        page = self._draw.choice(PAGES)
        await self._seen.ask("page", lambda: self._client.get(page, cookies=self._cookies))

    async def _hand_in(self) -> None:
        lines = self._sample.decode().splitlines()
        body = "\n".join(
            [lines[0], *(f"{line.split(',')[0]},{self._draw.gauss(35, 8):.2f}" for line in lines[1:])]
        )
        path = f"/api/v1/challenges/{CHALLENGE}/submissions"
        made = await self._seen.ask(
            "submit",
            lambda: self._client.post(
                path, files={"file": ("p.csv", body.encode())}, headers=self._token, follow_redirects=True
            ),
        )
        if made is not None and made.status_code == 201:
            self._seen.submissions[made.json()["uid"]] = self._token["Authorization"]

    async def _run(self) -> None:
        asked = {
            "name": "resident",
            "command": ["python3", "steps.py"],
            "memory_mib": "128",
            "wall_seconds": "60",
        }
        made = await self._seen.ask(
            "job",
            lambda: self._client.post(
                "/api/v1/farm/jobs",
                data=asked | {"organisation": self._org},
                files={"files": ("steps.py", PROGRAM)},
                headers=self._token,
            ),
        )
        if made is None or made.status_code != 201:
            return
        uid = made.json()["uid"]
        self._seen.jobs[uid] = self._token["Authorization"]
        for _ in range(3):
            await asyncio.sleep(2)
            await self._seen.ask(
                "log", lambda: self._client.get(f"/api/v1/farm/jobs/{uid}/log", headers=self._token)
            )


async def simulate(url: str, given: list[dict[str, str]], minutes: float) -> Seen:
    seen = Seen()
    limits = httpx.Limits(max_connections=64)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        detail = (await client.get(f"/api/v1/challenges/{CHALLENGE}", headers=_bearer(given[0]))).json()
        file = next(one for one in detail["files"] if one["part"] == "sample")
        sample = (await client.get(file["url"], cookies={"sessionid": given[0]["session"]})).content
        until = time.monotonic() + minutes * 60
        await asyncio.gather(*(Resident(client, one, sample, seen).live(until) for one in given))
        report("under load", seen)
        await settle(client, seen)
        seen.took.clear()
        for page in PAGES * 20:
            await seen.ask(
                "page", lambda page=page: client.get(page, cookies={"sessionid": given[0]["session"]})
            )  # type: ignore[misc]  # bound at once
        report("after", seen)
    return seen


def _bearer(given: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {given['token']}"}


async def settle(client: httpx.AsyncClient, seen: Seen) -> None:
    """Wait until every submission has its result and every job its end; what has none counts as lost."""
    began = moved = time.monotonic()
    open_things = {**_paths(seen.submissions, "submissions"), **_paths(seen.jobs, "farm/jobs")}
    while open_things and time.monotonic() - moved < STUCK_S:
        paths = list(open_things)
        for few in (paths[at : at + 16] for at in range(0, len(paths), 16)):
            ended = await asyncio.gather(*(_has_ended(client, path, open_things[path], seen) for path in few))
            for path, over in zip(few, ended, strict=True):
                if over:
                    del open_things[path]
                    moved = time.monotonic()
        await asyncio.sleep(ROUND_S)
    for path in open_things:
        seen.errors[f"lost: {path.rsplit('/', 1)[0]}"] += 1
    print(f"everything done {time.monotonic() - began:.0f} s after the last request", flush=True)


async def _has_ended(client: httpx.AsyncClient, path: str, token: str, seen: Seen) -> bool:
    answer = await client.get(path, headers={"Authorization": token})
    if answer.status_code != 200 or answer.json()["state"] in {"queued", "running"}:
        return False
    _judge(path, answer.json(), seen)
    return True


def _paths(found: dict[str, str], kind: str) -> dict[str, str]:
    return {f"/api/v1/{kind}/{uid}": token for uid, token in found.items()}


def _judge(path: str, told: dict[str, Any], seen: Seen) -> None:
    if told["state"] != "done":
        seen.errors[f"{path.rsplit('/', 1)[0]} ended as {told['state']}"] += 1
    elif "jobs" in path and len(told["runs"]) != 1:
        seen.errors[f"a job ran {len(told['runs'])} times"] += 1


def report(when: str, seen: Seen) -> None:
    for kind, took in sorted(seen.took.items()):
        if len(took) > 1:
            cuts = quantiles(took, n=20)
            figures = zip(("p50", "p95", "max"), (cuts[9], cuts[18], max(took)), strict=True)
            said = "  ".join(f"{name} {seconds * 1e3:7.0f} ms" for name, seconds in figures)
            print(f"{when:11} {kind:7} {len(took):6}  {said}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--residents", type=int, default=200)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dure-residents-") as folder:
        served = subprocess.Popen(
            [sys.executable, "-m", "dure.cli", "up", "--data", folder, "--port", "8137"],
            cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            wait_for(served, "is loaded", "다 실었습니다")
            seen = asyncio.run(
                simulate("http://127.0.0.1:8137", residents(folder, args.residents), args.minutes)
            )
        finally:
            served.terminate()
            served.wait(30)
    print(
        f"{len(seen.submissions)} submissions, {len(seen.jobs)} jobs, {sum(seen.errors.values())} errors",
        flush=True,
    )
    for what, count in seen.errors.most_common(20):
        print(f"  {count} × {what}")
    return 1 if seen.errors else 0


def wait_for(served: "subprocess.Popen[str]", *words: str) -> None:
    for line in served.stdout or ():
        if any(word in line for word in words):
            return
    raise SystemExit("the installation did not come up")


def residents(folder: str, count: int) -> list[dict[str, str]]:
    """Accounts in six member organisations, each in the challenge with a team of its own."""
    words = [
        sys.executable,
        "-m",
        "dure.cli",
        "manage",
        "shell",
        "-c",
        MAKE.format(challenge=CHALLENGE, count=count),
    ]
    env = {"DURE_DATA": folder, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    said = subprocess.run(
        words, cwd=ROOT, env=ENVIRONMENT | env, capture_output=True, text=True, check=True
    ).stdout
    return [json.loads(line.partition(" ")[2]) for line in said.splitlines() if line.startswith("RESIDENT")]


if __name__ == "__main__":
    sys.exit(main())
