"""Learning's part of the main job: the courses that come along are open, and a learner gets an answer from a lab's judge."""

from typing import Any

import httpx

from dure.cli.walk_farm import can_run, left_out
from dure.cli.walk_steps import api_headers, wait_until
from dure.cli.walking import Context, StepError, expect
from dure.cli.words import either

SHIPPED = {"industry-ai-101", "first-submission"}
COURSE, UNIT = "first-submission", "01-make-the-file"
QUESTION, ANSWER = "first-2", "3.54"


def courses_are_open(client: httpx.Client, _context: Context) -> None:
    """Anybody finds them; the demo brings them a moment after its problems."""

    def listed() -> bool:
        items = expect(client.get("/api/v1/courses")).json()["items"]
        return {one["slug"] for one in items if one["state"] == "open"} >= SHIPPED

    wait_until(
        listed, either("the courses that come along are not open", "함께 오는 강좌가 열리지 않았습니다")
    )
    expect(client.get(f"/courses/{COURSE}"))


def a_learner_begins(_client: httpx.Client, context: Context) -> None:
    """A talent begins a course and answers a question, once wrongly and once rightly."""
    learner = context.facts["talents"][0]
    _post(learner, f"/api/v1/courses/{COURSE}/start")
    for given, is_right in (("0", False), (ANSWER, True)):
        said = _post(learner, f"/api/v1/courses/{COURSE}/questions/{QUESTION}", {"given": [given]})
        if said["right"] is not is_right:
            raise StepError(
                either(
                    f"the answer {given} was judged {said['right']}", f"답 {given}의 판정: {said['right']}"
                )
            )


def a_lab_is_checked(_client: httpx.Client, context: Context) -> str:
    """The lab's notebook as it comes solves nothing, and the judge says so of each public test."""
    learner = context.facts["talents"][0]
    if not can_run(learner):
        return left_out()
    cells = expect(learner.get(f"/courses/{COURSE}/units/{UNIT}/lab/notebook")).json()["cells"]
    asked = {
        "kind": "check",
        "cells": ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"],
    }
    made = _post(learner, f"/api/v1/courses/{COURSE}/units/{UNIT}/attempts", asked, 201)
    path = f"/api/v1/lab-attempts/{made['uid']}"
    wait_until(
        lambda: bool(expect(learner.get(path)).json()["state"] != "queued"),
        either("the lab's judge gave no answer", "실습 채점의 답이 오지 않았습니다"),
    )
    _demand_unsolved(expect(learner.get(path)).json())
    return ""


def _demand_unsolved(attempt: dict[str, Any]) -> None:
    ended = {one["id"]: one["raised"] for one in attempt["tests"] if one["visible"]}
    if attempt["state"] != "done" or not ended or set(ended.values()) != {"NotImplementedError"}:
        raise StepError(
            either(
                f"a lab without a solution ended as {attempt['state']}: {ended}",
                f"풀지 않은 실습의 결과: {attempt['state']}, {ended}",
            )
        )


def _post(learner: httpx.Client, path: str, body: dict[str, Any] | None = None, status: int = 200) -> Any:
    return expect(learner.post(path, json=body, headers=api_headers(learner)), status).json()
